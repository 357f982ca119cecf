using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>Packs what happened into export requests of bounded size, grouped by pod as a collector would.</summary>
internal static class ShopRequests
{
    private const int ItemsMax = 1000;

    public static IEnumerable<ExportRequest> Of(ShopHappenings happenings)
    {
        foreach (var chunk in happenings.Spans.Chunk(ItemsMax))
            yield return ExportRequest.OfSpans(Group(chunk, s => s.Instance, s => s.Span));
        foreach (var chunk in happenings.Logs.Chunk(ItemsMax))
            yield return ExportRequest.OfLogs(Group(chunk, l => l.Instance, l => l.Log));
        foreach (var collection in happenings.Collections)
            yield return ExportRequest.OfMetrics(collection);
    }

    private static List<ResourceGroup<TItem>> Group<TStaged, TItem>(
        TStaged[] staged, Func<TStaged, ShopInstance> instance, Func<TStaged, TItem> item) =>
        [.. staged.GroupBy(instance).Select(pod => new ResourceGroup<TItem>(
            pod.Key.Resource,
            [new ScopeGroup<TItem>(pod.Key.Scope, [.. pod.Select(item)])]))];
}
