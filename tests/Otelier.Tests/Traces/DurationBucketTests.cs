using System.Numerics;
using Otelier.Signals.Traces;
using Xunit;

namespace Otelier.Tests.Traces;

public sealed class DurationBucketTests
{
    [Fact]
    public void Every_duration_lies_in_the_bucket_that_its_logarithm_gives()
    {
        var random = new Random(3);
        for (var i = 0; i < 100_000; i++)
        {
            var duration = (ulong)random.NextInt64() >> random.Next(63);
            if (duration == 0)
                continue;
            // Exactly: 2^(q/4) ≤ d/2^e is d^4 ≥ 2^(4e+q).
            var power = BigInteger.Pow(duration, 4);
            var expected = 1 + (int)(power.GetBitLength() - 1);
            Assert.Equal(expected, DurationBucket.Of(duration));
        }
    }

    [Fact]
    public void Zero_and_the_largest_duration_have_buckets()
    {
        Assert.Equal(0, DurationBucket.Of(0));
        Assert.Equal(1, DurationBucket.Of(1));
        Assert.Equal(256, DurationBucket.Of(ulong.MaxValue));
    }
}
