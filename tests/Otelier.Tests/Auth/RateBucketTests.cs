using Otelier.Server.Auth;
using Xunit;

namespace Otelier.Tests.Auth;

public sealed class RateBucketTests
{
    private readonly SteppedTime _time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_burst_passes_and_then_the_rate()
    {
        var bucket = new RateBucket(perSecond: 2, capacity: 3, _time);

        Assert.True(bucket.TryTake(1, out _));
        Assert.True(bucket.TryTake(1, out _));
        Assert.True(bucket.TryTake(1, out _));
        Assert.False(bucket.TryTake(1, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);

        _time.Now += wait;
        Assert.True(bucket.TryTake(1, out _));
        Assert.False(bucket.TryTake(1, out _));
    }

    [Fact]
    public void What_is_larger_than_the_capacity_passes_once_and_is_waited_for()
    {
        var bucket = new RateBucket(perSecond: 10, capacity: 100, _time);

        Assert.True(bucket.TryTake(1000, out _));

        Assert.Equal(TimeSpan.FromSeconds(90.1), bucket.Wait());
        _time.Now += TimeSpan.FromSeconds(90.1);
        Assert.Equal(TimeSpan.Zero, bucket.Wait());
    }

    [Fact]
    public void It_never_holds_more_than_its_capacity()
    {
        var bucket = new RateBucket(perSecond: 1, capacity: 2, _time);
        _time.Now += TimeSpan.FromDays(1);

        bucket.Take(2);

        Assert.False(bucket.TryTake(1, out _));
        Assert.False(bucket.IsFull);
    }

    [Fact]
    public void Those_beyond_the_greatest_count_share_a_bucket_until_another_is_idle()
    {
        var buckets = new RateBuckets<int>(perSecond: 1, capacity: 1, countMax: 2, _time);
        Assert.True(buckets.Of(1).TryTake(1, out _));
        Assert.True(buckets.Of(2).TryTake(1, out _));

        Assert.Same(buckets.Of(3), buckets.Of(4));

        _time.Now += TimeSpan.FromSeconds(1);
        Assert.NotSame(buckets.Of(3), buckets.Of(4));
    }
}
