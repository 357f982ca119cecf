namespace Otelier.Signals.Otlp;

/// <summary>Where an OTLP/JSON document is wrong and what should have stood there.</summary>
/// <param name="Field">
/// The way to the field in OTLP/JSON names, <c>resourceSpans[0].scopeSpans[0].spans[3].traceId</c>; empty when the fault is the
/// document's. A deep way is cut at its start.
/// </param>
/// <param name="BytePosition">How many bytes of the document stand before the fault.</param>
/// <param name="Expectation">An English clause: <c>expected 32 hexadecimal digits</c>.</param>
public sealed record OtlpJsonFault(string Field, int BytePosition, string Expectation)
{
    /// <summary>A sentence to answer with, at most a few hundred characters; it repeats nothing of the sent data.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(Field.Length == 0 ? "" : Field + " ")}at byte {BytePosition}: {Expectation}");
}
