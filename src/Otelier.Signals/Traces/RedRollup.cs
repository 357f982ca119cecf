using System.Runtime.InteropServices;

namespace Otelier.Signals.Traces;

/// <summary>
/// Adds up the spans of a block (RED: rate, errors, duration) twice in one pass: per tenant, minute and service, and within
/// that per operation and kind. The minute is that of the span's start. Reused from block to block; not thread-safe.
/// </summary>
public sealed class RedRollup
{
    private const int StatusError = 2;
    private const int KindServer = 2;
    private const int KindConsumer = 5;

    /// <summary>The span's parent is in another process (SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK; meant only with the bit below it).</summary>
    private const uint RemoteParent = 0x300;

    /// <summary>Lines found without a dictionary; a power of two.</summary>
    private const int RecentSlots = 512;

    private readonly record struct ServiceKey(int Tenant, uint Minute, int Service);

    private readonly record struct OperationKey(ServiceKey Service, int Name, int Kind);

    private readonly Dictionary<string, int> _texts = [];
    private readonly Dictionary<ServiceKey, RedServiceLine> _serviceOf = [];
    private readonly Dictionary<OperationKey, RedOperationLine> _operationOf = [];
    private readonly (OperationKey Key, RedOperationLine? Line)[] _recent = new (OperationKey, RedOperationLine?)[RecentSlots];
    private readonly List<RedServiceLine> _serviceLines = [];
    private readonly List<RedOperationLine> _operationLines = [];
    private int[] _names = [];
    private int[] _services = [];

    public IReadOnlyList<RedServiceLine> Services => _serviceLines;

    public IReadOnlyList<RedOperationLine> Operations => _operationLines;

    public void Clear()
    {
        _texts.Clear();
        _serviceOf.Clear();
        _operationOf.Clear();
        Array.Clear(_recent);
        _serviceLines.Clear();
        _operationLines.Clear();
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
            var service = new ServiceKey(tenantNumber, MinuteOf(start), _services[batch.Resources.ServiceName.Indexes[resource]]);
            var key = new OperationKey(service, _names[batch.Name.Indexes[row]], batch.Kind[row]);
            ref var recent = ref _recent[((key.Name * 31) + (service.Service * 7) + key.Kind) & (RecentSlots - 1)];
            if (recent.Line is null || recent.Key != key)
                recent = (key, LineOf(key, tenant, batch, row, resource));
            recent.Line!.Add(end >= start ? end - start : 0, batch.StatusCode[row] == StatusError, IsRequest(batch, row));
        }
    }

    private static bool IsRequest(SpanBatch batch, int row) =>
        batch.Kind[row] is KindServer or KindConsumer || batch.ParentSpanId[row].IsZero || (batch.Flags[row] & RemoteParent) == RemoteParent;

    /// <summary>Times beyond what 32 bits of seconds hold fall into the last minute; the span itself keeps its own.</summary>
    private static uint MinuteOf(ulong unixNano)
    {
        var minutes = Math.Min(unixNano / TimeRange.MinuteNanos, uint.MaxValue / 60);
        return (uint)minutes * 60;
    }

    private RedOperationLine LineOf(OperationKey key, TenantId tenant, SpanBatch batch, int row, int resource)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(_operationOf, key, out var known);
        if (!known)
        {
            line = new RedOperationLine(ServiceLineOf(key.Service, tenant, batch, resource), batch.Name.NameOf(row).Text, key.Kind);
            _operationLines.Add(line);
        }

        return line!;
    }

    private RedServiceLine ServiceLineOf(ServiceKey key, TenantId tenant, SpanBatch batch, int resource)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(_serviceOf, key, out var known);
        if (!known)
        {
            line = new RedServiceLine(tenant.Value, key.Minute, batch.Resources.ServiceName.NameOf(resource).Text);
            _serviceLines.Add(line);
        }

        return line!;
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
