using Otelier.Storage.ClickHouse.Sql;
using Xunit;

namespace Otelier.Storage.Tests.Read;

public sealed class QueryQueueTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_is_let_in_when_a_place_is_given_back()
    {
        var queue = Queue(activeMax: 1, waitingMax: 1);
        await queue.EnterAsync("a", Stop);

        var second = queue.EnterAsync("a", Stop).AsTask();
        Assert.Equal((1, 1), (queue.Active, queue.Waiting));
        queue.Leave();
        await second;

        Assert.Equal((1, 0), (queue.Active, queue.Waiting));
        queue.Leave();
        Assert.Equal(0, queue.Active);
    }

    [Fact]
    public async Task Tenants_take_turns_and_each_keeps_its_order()
    {
        var queue = Queue(activeMax: 1, waitingMax: 10);
        await queue.EnterAsync("busy", Stop);
        var entered = new List<string>();
        var waiting = new List<Task>();
        foreach (var (tenant, name) in ((string, string)[])[("busy", "busy 1"), ("busy", "busy 2"), ("busy", "busy 3"), ("quiet", "quiet 1")])
            waiting.Add(EnterAsync(tenant, name));

        for (var i = 0; i < waiting.Count; i++)
        {
            queue.Leave();
            await Task.WhenAny(waiting.Where(task => !task.IsCompleted));
            while (entered.Count <= i)
                await Task.Yield();
        }

        Assert.Equal(["busy 1", "quiet 1", "busy 2", "busy 3"], entered);

        async Task EnterAsync(string tenant, string name)
        {
            await queue.EnterAsync(tenant, Stop);
            entered.Add(name);
        }
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused_and_counted()
    {
        var queue = Queue(activeMax: 1, waitingMax: 0);
        await queue.EnterAsync("a", Stop);

        var fault = await Assert.ThrowsAsync<StoreException>(async () => await queue.EnterAsync("a", Stop));

        Assert.Equal(StoreFault.Unavailable, fault.Fault);
        Assert.Equal((1, 0, 1), (queue.Active, queue.Waiting, queue.Refused));
    }

    [Fact]
    public async Task Who_has_waited_too_long_is_refused_and_its_place_goes_to_the_next()
    {
        var queue = new QueryQueue(new QueryQueueRules(1, 10, TimeSpan.FromMilliseconds(1)), TimeProvider.System);
        await queue.EnterAsync("a", Stop);

        await Assert.ThrowsAsync<StoreException>(async () => await queue.EnterAsync("a", Stop));
        queue.Leave();

        Assert.Equal((0, 0), (queue.Active, queue.Waiting));
        await queue.EnterAsync("a", Stop);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_takes_no_place()
    {
        var queue = Queue(activeMax: 1, waitingMax: 10);
        await queue.EnterAsync("a", Stop);
        using var leaving = new CancellationTokenSource();
        var second = queue.EnterAsync("a", leaving.Token).AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        queue.Leave();
        Assert.Equal((0, 0), (queue.Active, queue.Waiting));
    }

    private static QueryQueue Queue(int activeMax, int waitingMax) =>
        new(new QueryQueueRules(activeMax, waitingMax, TimeSpan.FromMinutes(1)), TimeProvider.System);
}
