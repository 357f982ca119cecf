using System.Globalization;
using Otelier.Signals.Ids;
using Otelier.Signals.Traces.Analysis;

namespace Otelier.Tests.Traces.Analysis;

/// <summary>Small traces as text: a line per span, <c>id parent start end [service] [kind] [error] [follows]</c>; the parent of a root is <c>-</c>.</summary>
internal static class TraceText
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public static TraceTree Tree(string text) => TraceTree.Build(Spans(text));

    public static List<TraceSpan> Spans(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Span)];

    /// <summary>The rows as <c>id id id</c>, each with a dot before it for every level.</summary>
    public static string Outline(TraceTree tree) =>
        string.Join(' ', Enumerable.Range(0, tree.Count).Select(row => new string('.', tree.DepthOf(row)) + Name(tree, row)));

    public static string Name(TraceTree tree, int row) => tree[row].Name;

    public static SpanId Id(string name) => new(name.Aggregate(0UL, (bytes, c) => (bytes << 8) | c));

    private static TraceSpan Span(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = ulong.Parse(words[2], CultureInfo.InvariantCulture);
        var rest = words[4..];
        var kind = Array.FindIndex(Kinds, rest.Contains);
        var service = rest.FirstOrDefault(word => !Kinds.Contains(word) && word is not ("error" or "follows")) ?? "s";
        return new TraceSpan(
            Id(words[0]),
            words[1] == "-" ? default : Id(words[1]),
            start,
            ulong.Parse(words[3], CultureInfo.InvariantCulture) - start,
            service,
            words[0],
            kind < 0 ? 1 : kind,
            rest.Contains("error") ? 2 : 0,
            0,
            0,
            rest.Contains("follows"));
    }
}
