using System.Runtime.InteropServices;

namespace Otelier.Signals.Traces;

/// <summary>
/// Adds up the spans of a block per tenant, minute, service, operation and kind (RED: rate, errors, duration). The minute
/// is that of the span's start. Reused from block to block; not thread-safe.
/// </summary>
public sealed class RedRollup
{
    private const ulong NanosPerMinute = 60_000_000_000;
    private const int StatusError = 2;

    /// <summary>Lines found without a dictionary; a power of two.</summary>
    private const int RecentSlots = 512;

    private readonly record struct LineKey(int Tenant, uint Minute, int Service, int Name, int Kind);

    private readonly Dictionary<string, int> _texts = [];
    private readonly Dictionary<LineKey, int> _lineOf = [];
    private readonly (LineKey Key, RedLine? Line)[] _recent = new (LineKey, RedLine?)[RecentSlots];
    private readonly List<RedLine> _lines = [];
    private int[] _names = [];
    private int[] _services = [];

    public IReadOnlyList<RedLine> Lines => _lines;

    public void Clear()
    {
        _texts.Clear();
        _lineOf.Clear();
        Array.Clear(_recent);
        _lines.Clear();
    }

    public void Add(SpanBatch batch, TenantId tenant)
    {
        var tenantNumber = Number(tenant.Value);
        Number(batch.Name.Names, ref _names);
        Number(batch.Resources.ServiceName.Names, ref _services);
        for (var row = 0; row < batch.Count; row++)
        {
            var start = batch.StartTimeUnixNano[row];
            var end = batch.EndTimeUnixNano[row];
            var resource = batch.Scopes.ResourceIndex[batch.ScopeIndex[row]];
            var key = new LineKey(
                tenantNumber,
                MinuteOf(start),
                _services[batch.Resources.ServiceName.Indexes[resource]],
                _names[batch.Name.Indexes[row]],
                batch.Kind[row]);
            ref var recent = ref _recent[((key.Name * 31) + (key.Service * 7) + key.Kind) & (RecentSlots - 1)];
            if (recent.Line is null || recent.Key != key)
                recent = (key, LineOf(key, tenant, batch, row, resource));
            recent.Line!.Add(end >= start ? end - start : 0, batch.StatusCode[row] == StatusError);
        }
    }

    /// <summary>Times beyond what 32 bits of seconds hold fall into the last minute; the span itself keeps its own.</summary>
    private static uint MinuteOf(ulong unixNano)
    {
        var minutes = Math.Min(unixNano / NanosPerMinute, uint.MaxValue / 60);
        return (uint)minutes * 60;
    }

    private RedLine LineOf(LineKey key, TenantId tenant, SpanBatch batch, int row, int resource)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(_lineOf, key, out var known);
        if (known)
            return _lines[line];
        line = _lines.Count;
        _lines.Add(new RedLine(
            tenant.Value,
            key.Minute,
            batch.Resources.ServiceName.NameOf(resource).Text,
            batch.Name.NameOf(row).Text,
            key.Kind));
        return _lines[line];
    }

    private void Number(IReadOnlyList<Columns.Utf8Name> names, ref int[] numbers)
    {
        if (numbers.Length < names.Count)
            numbers = new int[Math.Max(names.Count, numbers.Length * 2)];
        for (var i = 0; i < names.Count; i++)
            numbers[i] = Number(names[i].Text);
    }

    private int Number(string text)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_texts, text, out var known);
        if (!known)
            number = _texts.Count;
        return number;
    }
}
