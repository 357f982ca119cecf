using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Otelier.Server.Http;

namespace Otelier.Tests.Auth;

/// <summary>
/// The server's own Program in this process: nothing of it is built again for the tests, so a route that is added there is tested here.
/// </summary>
internal sealed class ProgramHost : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<ProgramHost?> _mine = new();

    private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDisposable? _events;

    /// <summary>Starts it and waits until it listens; the task ends when it does.</summary>
    public static async Task<(IHost Host, Task Ended)> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var starting = new ProgramHost();
        using var listeners = DiagnosticListener.AllListeners.Subscribe(starting);
        _mine.Value = starting;
        var entry = typeof(OtelierOptions).Assembly.EntryPoint!;
        // It serves until it is told to stop, so it has a thread of its own.
        var ended = Task.Factory.StartNew(
            () => entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(ended, starting._built.Task).WaitAsync(cancellationToken) == ended)
            throw new InvalidOperationException($"The server ended at once: {await ended}.");
        var host = await starting._built.Task;
        starting._events?.Dispose();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(listening.SetResult);
        await Task.WhenAny(ended, listening.Task).WaitAsync(cancellationToken);
        return (host, ended);
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (_mine.Value == this && value.Name == "Microsoft.Extensions.Hosting")
            _events = value.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (_mine.Value == this && value is { Key: "HostBuilt", Value: IHost host })
            _built.TrySetResult(host);
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error) => _built.TrySetException(error);

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) => _built.TrySetException(error);
}
