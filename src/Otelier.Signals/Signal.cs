namespace Otelier.Signals;

/// <summary>The three OTLP signals. The numbers are written into the log and must not change.</summary>
public enum Signal : byte
{
    Traces = 1,
    Logs = 2,
    Metrics = 3,
}
