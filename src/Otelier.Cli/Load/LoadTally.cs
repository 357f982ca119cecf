namespace Otelier.Cli.Load;

/// <summary>What one connection has seen. Written by it alone; read when it has ended, or roughly, for progress, before.</summary>
internal sealed class LoadTally
{
    private long _acknowledged;

    /// <summary>Acknowledged items, warm-up included.</summary>
    public long AcknowledgedSoFar => Interlocked.Read(ref _acknowledged);

    public long Requests { get; private set; }

    public long Acknowledged { get; private set; }

    public long Rejected { get; private set; }

    public long Failed { get; private set; }

    public long BodyBytes { get; private set; }

    public long WireBytes { get; private set; }

    public Dictionary<(LoadAnswerKind Kind, int Code), long> Answers { get; } = [];

    public LatencyHistogram Latency { get; } = new();

    public void Add(LoadAnswer answer, LoadRequest request, long latencyTicks, bool measured)
    {
        var taken = answer.Kind == LoadAnswerKind.Acknowledged ? request.Items - answer.Rejected : 0;
        Interlocked.Add(ref _acknowledged, taken);
        if (!measured)
            return;

        Requests++;
        Answers[(answer.Kind, answer.Code)] = Answers.GetValueOrDefault((answer.Kind, answer.Code)) + 1;
        if (answer.Kind != LoadAnswerKind.Acknowledged)
        {
            Failed += request.Items;
            return;
        }

        Acknowledged += taken;
        Rejected += answer.Rejected;
        BodyBytes += request.BodyBytes;
        WireBytes += request.Wire.Length;
        Latency.Add(latencyTicks);
    }

    public void Add(LoadTally other)
    {
        _acknowledged += other.AcknowledgedSoFar;
        Requests += other.Requests;
        Acknowledged += other.Acknowledged;
        Rejected += other.Rejected;
        Failed += other.Failed;
        BodyBytes += other.BodyBytes;
        WireBytes += other.WireBytes;
        foreach (var (answer, count) in other.Answers)
            Answers[answer] = Answers.GetValueOrDefault(answer) + count;
        Latency.Add(other.Latency);
    }
}
