using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>Waits for what happens on its own, such as stored telemetry. Far longer than it takes, so that only what never happens fails.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>Asks until it is so.</summary>
    public static async Task IsTrueAsync(string what, Func<Task<bool>> isSo)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Within);
        try
        {
            while (!await isSo())
                await Task.Delay(Poll, deadline.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Not within {Within.TotalSeconds} s: {what}.");
        }
    }
}
