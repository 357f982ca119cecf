using System.Runtime.InteropServices;
using Otelier.Signals.Traces;

namespace Otelier.Signals.Services;

/// <summary>
/// Finds the calls of some minutes by pairing spans: an answer with the call it answers, a consumer with what it links to, and any span
/// with its parent in another service. The two must begin in the same minute or in minutes beside each other, which makes the calls of a
/// minute depend on three minutes only; in which order the spans come does not matter. Each minute's own spans are kept in memory, of the
/// minutes beside them only what has to do with these. Not thread-safe.
/// </summary>
/// <param name="weight">For how many calls each stands: more than 1 where only some of the traces are looked at.</param>
public sealed class CallPairing(ulong weight)
{
    /// <summary>The sides of a call begin in one minute or in two beside each other.</summary>
    private const uint MinutesApart = 1;

    /// <summary>Spreads the minute over all bits of a key.</summary>
    private const ulong MinuteFactor = 0x9E3779B97F4A7C15;

    /// <summary>Of the other side of a call what its line tells.</summary>
    private readonly record struct Other(int Service, CallRole Role, bool IsFailed)
    {
        public bool IsCall => Role is CallRole.Client or CallRole.Producer;
    }

    /// <summary>A span of the minutes with what may have caused it.</summary>
    /// <param name="Span">The span.</param>
    /// <param name="CauseKey">Its parent, or one of its links.</param>
    /// <param name="Consumer">Of a consumer its place among them.</param>
    private readonly record struct Effect(CallSpan Span, ulong CauseKey, int Consumer);

    private readonly record struct LineKey(uint Minute, CallSide Side, int Caller, int Callee, int Peer, bool IsQueued, ushort Bucket);

    private readonly Dictionary<string, int> _serviceNumbers = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _services = [""];
    private readonly Dictionary<CallPeer, int> _peerNumbers = new() { [CallPeer.Nobody] = 0 };
    private readonly List<CallPeer> _peers = [CallPeer.Nobody];
    private readonly Dictionary<ulong, Other> _causes = [];
    private readonly Dictionary<ulong, Other> _answers = [];
    private readonly List<CallSpan> _calls = [];
    private readonly List<Effect> _effects = [];
    private readonly List<CallSpan> _consumers = [];
    private readonly Dictionary<LineKey, CallCounts> _lines = [];
    private HashSet<ulong>? _wanted;

    /// <summary>A service's number; the same name has the same.</summary>
    public int NumberOf(string service) => NumberOf(_serviceNumbers, _services, service);

    /// <summary>A peer's number; 0 is nobody's.</summary>
    public int NumberOf(CallPeer peer) => NumberOf(_peerNumbers, _peers, peer);

    /// <summary>Adds a span of the minutes.</summary>
    /// <param name="span">The span.</param>
    /// <param name="causes">The keys of its parent and, of a consumer, of what it links to; each once.</param>
    public void Add(in CallSpan span, ReadOnlySpan<ulong> causes)
    {
        AddCause(span);
        if (span.IsCall)
        {
            _calls.Add(span);
            return;
        }

        var consumer = -1;
        if (span.Role == CallRole.Consumer)
        {
            consumer = _consumers.Count;
            _consumers.Add(span);
        }

        foreach (var cause in causes)
        {
            _effects.Add(new Effect(span, cause, consumer));
            AddAnswer(span, cause);
        }
    }

    /// <summary>Adds a span of the minute before the first or after the last; only after all of those between.</summary>
    /// <inheritdoc cref="Add" path="/param"/>
    public void AddNeighbour(in CallSpan span, ReadOnlySpan<ulong> causes)
    {
        _wanted ??= [.. _effects.Where(effect => !TryFindCause(effect.CauseKey, effect.Span.Minute, out _)).Select(effect => effect.CauseKey)];
        if (_wanted.Contains(span.Key))
            AddCause(span);
        if (!span.IsAnswer)
            return;
        foreach (var cause in causes)
        {
            if (TryFindCause(cause, span.Minute, out var known) && known.IsCall)
                AddAnswer(span, cause);
        }
    }

    /// <summary>The sum of something over a minute and those beside it: all on which the calls of a minute depend.</summary>
    public static ulong Around(uint minute, Func<uint, ulong> of) => of(minute - MinutesApart) + of(minute) + of(minute + MinutesApart);

    /// <summary>The calls of the minutes, by minute. Asked for once, when everything is added.</summary>
    public ILookup<uint, CountedCalls> Find()
    {
        var isFed = new bool[_consumers.Count];
        foreach (var (span, causeKey, consumer) in _effects)
        {
            if (!TryFindCause(causeKey, span.Minute, out var cause))
                continue;
            if (cause.IsCall && consumer >= 0)
                isFed[consumer] = true;
            if (cause.Service != span.Service || (cause.IsCall && span.IsAnswer))
            {
                var isQueued = cause.Role == CallRole.Producer || span.Role == CallRole.Consumer;
                Count(span, span.IsFailed || cause.IsFailed, CallSide.Paired, cause.Service, span.Service, peer: 0, isQueued);
            }
        }

        for (var i = 0; i < _consumers.Count; i++)
        {
            if (!isFed[i] && _peers[_consumers[i].Peer].IsKnown)
                Count(_consumers[i], _consumers[i].IsFailed, CallSide.Consumed, caller: 0, _consumers[i].Service, _consumers[i].Peer, isQueued: true);
        }

        foreach (var call in _calls)
        {
            if (TryFindAnswer(call.Key, call.Minute, out var answer))
            {
                var isQueued = call.Role == CallRole.Producer || answer.Role == CallRole.Consumer;
                Count(call, call.IsFailed, CallSide.Answered, call.Service, answer.Service, _peers[call.Peer].IsAddress ? call.Peer : 0, isQueued);
            }
            else if (_peers[call.Peer].IsKnown)
            {
                Count(call, call.IsFailed, CallSide.Unanswered, call.Service, callee: 0, call.Peer, isQueued: false);
            }
        }

        return _lines.ToLookup(
            line => line.Key.Minute,
            line => new CountedCalls(
                new CallLine(line.Key.Side, _services[line.Key.Caller], _services[line.Key.Callee], _peers[line.Key.Peer], line.Key.IsQueued), line.Value));
    }

    private static int NumberOf<T>(Dictionary<T, int> numbers, List<T> all, T item)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, item, out var isKnown);
        if (!isKnown)
        {
            number = all.Count;
            all.Add(item);
        }

        return number;
    }

    private static ulong SlotOf(ulong key, uint minute) => key ^ (minute * MinuteFactor);

    /// <summary>Looks in three minutes, in this order.</summary>
    private static bool TryFind(Dictionary<ulong, Other> others, ulong key, uint minute, uint second, uint third, out Other other) =>
        others.TryGetValue(SlotOf(key, minute), out other)
        || others.TryGetValue(SlotOf(key, second), out other)
        || others.TryGetValue(SlotOf(key, third), out other);

    private bool TryFindCause(ulong key, uint minute, out Other cause) =>
        TryFind(_causes, key, minute, minute - MinutesApart, minute + MinutesApart, out cause);

    private bool TryFindAnswer(ulong key, uint minute, out Other answer) =>
        TryFind(_answers, key, minute, minute + MinutesApart, minute - MinutesApart, out answer);

    private void AddCause(in CallSpan span) => Keep(_causes, span.Key, span);

    /// <summary>Several may answer, each of which is a pair; the caller's durations go to one of them.</summary>
    private void AddAnswer(in CallSpan span, ulong callKey)
    {
        if (span.IsAnswer)
            Keep(_answers, callKey, span);
    }

    /// <summary>Of spans that share an id, as by some senders the sides of a call do, a call is kept; and then whichever, but not by the order in which they come.</summary>
    private void Keep(Dictionary<ulong, Other> others, ulong key, in CallSpan span)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(others, SlotOf(key, span.Minute), out var isKnown);
        var other = new Other(span.Service, span.Role, span.IsFailed);
        if (!isKnown || (known != other && IsBefore(other, known)))
            known = other;
    }

    private bool IsBefore(in Other one, in Other two)
    {
        if (one.IsCall != two.IsCall)
            return one.IsCall;
        if (one.Role != two.Role)
            return one.Role > two.Role;
        return one.Service == two.Service ? one.IsFailed : string.CompareOrdinal(_services[one.Service], _services[two.Service]) < 0;
    }

    private void Count(in CallSpan measured, bool isFailed, CallSide side, int caller, int callee, int peer, bool isQueued)
    {
        var bucket = DurationBucket.Of(measured.DurationNanos);
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _lines, new LineKey(measured.Minute, side, caller, callee, peer, isQueued, bucket), out _);
        counts = new CallCounts(
            bucket, counts.Count + weight, counts.Errors + (isFailed ? weight : 0), counts.DurationSumNanos + (weight * measured.DurationNanos));
    }
}
