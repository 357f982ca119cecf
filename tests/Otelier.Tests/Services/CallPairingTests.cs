using Otelier.Signals.Services;
using Otelier.Signals.Traces;
using Xunit;

namespace Otelier.Tests.Services;

/// <summary>Calls found by pairing, against looking at every span beside every other one.</summary>
public sealed class CallPairingTests
{
    private const uint First = 100;
    private const uint Last = 102;

    private static readonly string[] Services = ["", "a", "b", "c"];

    private static readonly CallPeer[] Peers =
    [
        CallPeer.Nobody,
        new(ServiceMapNodeType.Database, "postgresql", "orders"),
        new(ServiceMapNodeType.Queue, "kafka", "orders"),
        new(ServiceMapNodeType.External, "", "b.local"),
    ];

    private sealed record Drawn(ulong Key, uint Minute, CallRole Role, string Service, bool IsFailed, ulong Duration, CallPeer Peer, ulong[] Causes)
    {
        public bool IsOwn => Minute is >= First and <= Last;

        public bool IsCall => Role is CallRole.Client or CallRole.Producer;

        public bool IsAnswer => Role is CallRole.Server or CallRole.Consumer;

        public bool IsBeside(Drawn other) => Math.Abs((int)Minute - (int)other.Minute) <= 1;
    }

    [Fact]
    public void Random_spans_are_paired_as_by_looking_at_every_two_of_them()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var spans = Draw(new Random(seed), count: 60);

            Assert.Equal(ByHand(spans), Paired(spans));
        }
    }

    [Fact]
    public void The_order_in_which_spans_come_does_not_matter_even_where_they_share_ids()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var spans = Draw(random, count: 60, keys: 20);
            var paired = Paired(spans);
            random.Shuffle(spans);

            Assert.Equal(paired, Paired(spans));
        }
    }

    [Fact]
    public void Minutes_give_the_same_calls_together_and_one_by_one()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var spans = Draw(new Random(seed), count: 60);

            Assert.Equal(Paired(spans), Sorted(Enumerable.Range((int)First, 3).SelectMany(minute => Paired(spans, (uint)minute, (uint)minute))));
        }
    }

    [Fact]
    public void A_call_that_stands_for_several_is_counted_as_often()
    {
        var spans = Draw(new Random(1), count: 60);

        Assert.Equal(Paired([.. spans, .. spans]), Paired(spans, weight: 2));
    }

    /// <summary>Spans whose causes are any others, themselves and unknown ones included.</summary>
    private static Drawn[] Draw(Random random, int count, int keys = 0) => [.. Enumerable.Range(1, count).Select(i => new Drawn(
        keys == 0 ? (ulong)i : (ulong)random.Next(1, keys),
        (uint)random.Next((int)First - 1, (int)Last + 2),
        (CallRole)random.Next(5),
        Services[random.Next(Services.Length)],
        random.Next(3) == 0,
        (ulong)random.Next(4),
        Peers[random.Next(Peers.Length)],
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => (ulong)random.Next(1, count + 10)).Distinct()]))];

    private static CallPairing Pair(IReadOnlyList<Drawn> spans, uint first, uint last, ulong weight)
    {
        var pairing = new CallPairing(weight);
        foreach (var span in spans.Where(span => span.Minute >= first && span.Minute <= last))
            pairing.Add(Seen(span), span.Causes);
        foreach (var span in spans.Where(span => span.Minute == first - 1 || span.Minute == last + 1))
            pairing.AddNeighbour(Seen(span), span.Causes);
        return pairing;

        CallSpan Seen(Drawn span) => new(
            span.Key, span.Minute, span.Role, pairing.NumberOf(span.Service), span.IsFailed, span.Duration, pairing.NumberOf(span.Peer));
    }

    private static List<string> Paired(IReadOnlyList<Drawn> spans, uint first = First, uint last = Last, ulong weight = 1) =>
        Sorted(from minute in Pair(spans, first, last, weight).Find() from calls in minute select $"{minute.Key} {calls.Line} {calls.Counts}");

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>For spans that share no ids.</summary>
    private static List<string> ByHand(Drawn[] spans)
    {
        var calls = new List<(Drawn Measured, bool IsFailed, CallLine Line)>();
        foreach (var span in spans.Where(span => span.IsOwn))
        {
            var causes = spans.Where(other => span.Causes.Contains(other.Key) && other.IsBeside(span)).ToList();
            var answers = spans.Where(other => other.IsAnswer && other.Causes.Contains(span.Key) && other.IsBeside(span)).ToList();
            if (!span.IsCall)
            {
                calls.AddRange(
                    from cause in causes
                    where cause.Service != span.Service || (cause.IsCall && span.IsAnswer)
                    select (span, span.IsFailed || cause.IsFailed, new CallLine(CallSide.Paired, cause.Service, span.Service, CallPeer.Nobody, IsQueued(cause, span))));
            }

            if (span.Role == CallRole.Consumer && !causes.Exists(cause => cause.IsCall) && span.Peer.IsKnown)
                calls.Add((span, span.IsFailed, new CallLine(CallSide.Consumed, "", span.Service, span.Peer, IsQueued: true)));
            if (span.IsCall && answers.Count == 0 && span.Peer.IsKnown)
                calls.Add((span, span.IsFailed, new CallLine(CallSide.Unanswered, span.Service, "", span.Peer, IsQueued: false)));
            if (span.IsCall && answers.Count > 0)
            {
                // Whose the durations are where several answer: the nearest minute's, a consumer's, the first by name.
                var answer = answers
                    .OrderBy(other => other.Minute == span.Minute ? 0 : other.Minute > span.Minute ? 1 : 2)
                    .ThenByDescending(other => other.Role)
                    .ThenBy(other => other.Service, StringComparer.Ordinal)
                    .First();
                var peer = span.Peer.IsAddress ? span.Peer : CallPeer.Nobody;
                calls.Add((span, span.IsFailed, new CallLine(CallSide.Answered, span.Service, answer.Service, peer, IsQueued(span, answer))));
            }
        }

        return Sorted(
            from call in calls
            group call by (call.Measured.Minute, call.Line, Bucket: DurationBucket.Of(call.Measured.Duration)) into line
            let counts = new CallCounts(
                line.Key.Bucket,
                (ulong)line.Count(),
                (ulong)line.Count(call => call.IsFailed),
                line.Aggregate(0UL, (sum, call) => sum + call.Measured.Duration))
            select $"{line.Key.Minute} {line.Key.Line} {counts}");
    }

    private static bool IsQueued(Drawn cause, Drawn answer) => cause.Role == CallRole.Producer || answer.Role == CallRole.Consumer;
}
