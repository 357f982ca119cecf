using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>What happened in the shop up to an instant and was not given out before.</summary>
internal sealed record ShopHappenings(
    int Traces, IReadOnlyList<StagedSpan> Spans, IReadOnlyList<StagedLog> Logs, IReadOnlyList<List<ResourceGroup<Metric>>> Collections);

/// <summary>
/// The shop's life as a function of seed, start and rate: trace k begins at start + k / rate and is given out when its last span
/// has ended, so nothing ever comes from the future. The same arguments give the same bytes.
/// </summary>
internal sealed class ShopSimulation
{
    private const ulong NanosPerSecond = 1_000_000_000;
    private const ulong CollectionNanos = 10 * NanosPerSecond;

    private readonly int _seed;
    private readonly ulong _start;
    private readonly double _rate;
    private readonly ShopMeters _meters;
    private readonly CheckoutScenes _checkout;
    private readonly (int Weight, Action<TraceStage> Play)[] _scenes;
    private readonly PriorityQueue<TraceStage, ulong> _unfinished = new();
    private long _next;
    private ulong _nextCollection;

    /// <param name="seed">Chooses everything that is left to chance.</param>
    /// <param name="startNanos">When the first trace begins.</param>
    /// <param name="rolloutNanos">When the faulty payment version replaces the good one.</param>
    /// <param name="rate">Traces per second.</param>
    public ShopSimulation(int seed, ulong startNanos, ulong rolloutNanos, double rate)
    {
        _seed = seed;
        _start = startNanos;
        _rate = rate;
        var shop = new Shop(new Random(seed), rolloutNanos);
        _meters = new ShopMeters(shop, new Random(seed), startNanos);
        _nextCollection = startNanos + CollectionNanos;
        var browse = new BrowseScenes(shop);
        _checkout = new CheckoutScenes(shop);
        var assistant = new AssistantScenes(shop, browse);
        _scenes =
        [
            (28, browse.Home), (30, browse.ProductPage), (12, browse.Search), (13, browse.AddToCart), (12, _checkout.Checkout), (5, assistant.Chat),
        ];
    }

    /// <summary>Plays on until <paramref name="nanos"/>.</summary>
    public ShopHappenings PlayUntil(ulong nanos)
    {
        var spans = new List<StagedSpan>();
        var logs = new List<StagedLog>();
        var collections = new List<List<ResourceGroup<Metric>>>();
        var traces = 0;
        while (Begin(_next) is var begin && begin <= nanos)
        {
            foreach (var stage in Play(_next++, begin))
                _unfinished.Enqueue(stage, stage.EndNanos);
            traces += Release(begin);
        }

        traces += Release(nanos);
        return new ShopHappenings(traces, spans, logs, collections);

        int Release(ulong until)
        {
            var released = 0;
            while (_unfinished.TryPeek(out var stage, out var end) && end <= until)
            {
                CollectBefore(end);
                _unfinished.Dequeue();
                stage.Spans.ForEach(_meters.Observe);
                spans.AddRange(stage.Spans);
                logs.AddRange(stage.Logs);
                released++;
            }

            CollectBefore(until);
            return released;
        }

        void CollectBefore(ulong until)
        {
            for (; _nextCollection <= until; _nextCollection += CollectionNanos)
                collections.Add(_meters.Collect(_nextCollection));
        }
    }

    private ulong Begin(long trace) => _start + (ulong)(trace / _rate * NanosPerSecond);

    private IEnumerable<TraceStage> Play(long trace, ulong begin)
    {
        var random = new Random(unchecked((_seed * 1_000_003) + (int)trace));
        var stage = new TraceStage(random, begin + (ulong)random.Next(1_000_000));
        var choice = random.Next(_scenes.Sum(s => s.Weight));
        foreach (var (weight, play) in _scenes)
        {
            choice -= weight;
            if (choice >= 0)
                continue;
            play(stage);
            break;
        }

        yield return stage;
        var mails = new TraceStage(random, stage.EndNanos);
        _checkout.SendMails(mails);
        if (mails.Spans.Count > 0)
            yield return mails;
    }
}
