using Xunit;

namespace Otelier.Tests.Auth;

/// <summary>A clock whose one timer ticks when it is told to.</summary>
internal sealed class TickingTime : TimeProvider
{
    private readonly TaskCompletionSource<(TimerCallback Callback, object? State, TimeSpan Period)> _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets one period pass, which must be <paramref name="period"/>.</summary>
    public async Task TickAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        var timer = await _timer.Task.WaitAsync(cancellationToken);
        Assert.Equal(period, timer.Period);
        timer.Callback(timer.State);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timer.SetResult((callback, state, period));
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
