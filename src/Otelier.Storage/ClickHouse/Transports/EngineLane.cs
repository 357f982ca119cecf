using System.Collections.Concurrent;
using Otelier.Storage.ClickHouse.Interop;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>
/// A session of the engine and the thread that serves it: native calls block, so they stay off the thread pool. Lanes may
/// share a queue.
/// </summary>
internal sealed class EngineLane
{
    private readonly BlockingCollection<EngineWork> _queue;
    private readonly StatementKiller _killer;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _applied = "";

    /// <summary>Takes over the connection and closes it when the queue has ended.</summary>
    internal EngineLane(string name, ChdbConnection connection, BlockingCollection<EngineWork> queue, StatementKiller killer)
    {
        Name = name;
        Connection = connection;
        _queue = queue;
        _killer = killer;
    }

    /// <summary>The session's name in the engine (its <c>log_comment</c>), by which a statement is found to be killed.</summary>
    internal string Name { get; }

    internal ChdbConnection Connection { get; }

    /// <summary>Completes when the thread has ended and the connection is closed.</summary>
    internal Task Ended => _ended.Task;

    internal void Start() => new Thread(Serve) { IsBackground = true, Name = Name }.Start();

    /// <summary>Sets the session's limits, unless they are those of the statement before.</summary>
    internal void Apply(QueryLimits limits)
    {
        // What an earlier statement had set is taken back.
        var set = limits.Settings().ToDictionary(StringComparer.Ordinal);
        var settings = string.Join(", ", QueryLimits.SettingNames.Select(name =>
            set.TryGetValue(name, out var value) ? $"{name} = '{value}'" : $"{name} = DEFAULT"));
        if (settings == _applied)
            return;
        // Unknown until it succeeded.
        _applied = "";
        Connection.Execute($"SET {settings}", []);
        _applied = settings;
    }

    private void Serve()
    {
        try
        {
            foreach (var work in _queue.GetConsumingEnumerable())
                work.Run(this, _killer);
        }
        finally
        {
            Connection.Dispose();
            _ended.SetResult();
        }
    }
}
