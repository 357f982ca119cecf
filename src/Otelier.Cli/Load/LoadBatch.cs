namespace Otelier.Cli.Load;

/// <summary>
/// One request, encoded once, whose ids, times and other unique values are overwritten before each send.
/// Owned by one connection: it must not be patched while it is being sent.
/// </summary>
/// <param name="bytes">What goes over the wire: the prefix of the protocol and the message.</param>
/// <param name="bodyLength">How many of the last bytes are the OTLP message.</param>
/// <param name="items">Spans, log records or data points in it.</param>
internal abstract class LoadBatch(byte[] bytes, int bodyLength, int items)
{
    public ReadOnlyMemory<byte> Request => bytes;

    public ReadOnlyMemory<byte> Body => bytes.AsMemory(bytes.Length - bodyLength);

    public int Items => items;

    protected Span<byte> Bytes => bytes;

    /// <summary>Makes every item unique: they are the items <paramref name="first"/>, first + 1… of run <paramref name="run"/>.</summary>
    public abstract void Patch(ulong run, long first, ulong nowNanos);
}
