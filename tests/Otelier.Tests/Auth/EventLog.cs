using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Otelier.Tests.Auth;

/// <summary>A log whose events are read one after the other: level and name.</summary>
internal sealed class EventLog<T> : ILogger<T>
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _events.Reader.ReadAsync(cancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Writer.TryWrite($"{logLevel} {eventId.Name}");
}
