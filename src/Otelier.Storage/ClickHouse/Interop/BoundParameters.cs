using System.Runtime.InteropServices;
using System.Text;
using Otelier.Storage.ClickHouse.Transports;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>Parameters laid out as the engine wants them, in one native allocation, for the length of one call.</summary>
internal sealed unsafe class BoundParameters : IDisposable
{
    private byte* _memory;

    internal BoundParameters(IReadOnlyList<SqlParameter> parameters)
    {
        Count = (nuint)parameters.Count;
        if (parameters.Count == 0)
            return;
        var pointerBytes = (nuint)(sizeof(nint) * 4 * parameters.Count);
        nuint textBytes = 0;
        foreach (var parameter in parameters)
            textBytes += (nuint)(Encoding.UTF8.GetByteCount(parameter.Name) + parameter.Text.Length);

        _memory = (byte*)NativeMemory.Alloc(pointerBytes + textBytes + 1);
        Names = (byte**)_memory;
        NameLengths = (nuint*)(Names + parameters.Count);
        Values = (byte**)(NameLengths + parameters.Count);
        ValueLengths = (nuint*)(Values + parameters.Count);
        var free = _memory + pointerBytes;
        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            var nameLength = Encoding.UTF8.GetByteCount(parameter.Name);
            Encoding.UTF8.GetBytes(parameter.Name, new Span<byte>(free, nameLength));
            Names[i] = free;
            NameLengths[i] = (nuint)nameLength;
            free += nameLength;
            parameter.Text.Span.CopyTo(new Span<byte>(free, parameter.Text.Length));
            Values[i] = free;
            ValueLengths[i] = (nuint)parameter.Text.Length;
            free += parameter.Text.Length;
        }
    }

    internal nuint Count { get; }

    internal byte** Names { get; }

    internal nuint* NameLengths { get; }

    internal byte** Values { get; }

    internal nuint* ValueLengths { get; }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
