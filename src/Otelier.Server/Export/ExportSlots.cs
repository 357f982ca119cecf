using Otelier.Signals;

namespace Otelier.Server.Export;

/// <summary>Who exports at the moment: an export holds a connection to the engine, of which there are few. Thread-safe.</summary>
internal sealed class ExportSlots
{
    /// <summary>Most exports of one tenant at once.</summary>
    public const int TenantMax = 2;

    /// <summary>Most exports of all tenants at once: searches need connections too.</summary>
    public const int AllMax = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, int> _running = [];
    private int _all;

    /// <summary>A slot, to be disposed of when the export is over; <see langword="null"/> where none is free.</summary>
    public IDisposable? TryEnter(TenantId tenant)
    {
        lock (_gate)
        {
            var running = _running.GetValueOrDefault(tenant);
            if (running >= TenantMax || _all >= AllMax)
                return null;
            _running[tenant] = running + 1;
            _all++;
            return new Slot(this, tenant);
        }
    }

    private void Leave(TenantId tenant)
    {
        lock (_gate)
        {
            _all--;
            if (--_running[tenant] == 0)
                _running.Remove(tenant);
        }
    }

    private sealed class Slot(ExportSlots slots, TenantId tenant) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                slots.Leave(tenant);
        }
    }
}
