namespace Otelier.Storage.Metrics;

/// <summary>The series of one block of points that are not known to be stored yet.</summary>
/// <param name="Rows">What is to be inserted; without parts when there is nothing new.</param>
/// <param name="Keys">What <see cref="KnownSeries"/> is to remember once the store has confirmed the insert.</param>
internal sealed record SeriesBlock(Block<SeriesRows> Rows, IReadOnlyCollection<ulong> Keys) : IDisposable
{
    public void Dispose()
    {
        foreach (var part in Rows.Parts)
            part.Batch.Dispose();
    }
}
