using Otelier.Signals;

namespace Otelier.Storage.Log;

/// <summary>The records of <paramref name="Signal"/> with numbers from <paramref name="First"/> to <paramref name="Last"/> form one block.</summary>
public readonly record struct LogCut(Signal Signal, long First, long Last);
