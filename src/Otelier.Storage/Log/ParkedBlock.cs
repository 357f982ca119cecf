namespace Otelier.Storage.Log;

/// <summary>A block that was set aside.</summary>
/// <param name="LogId">The log its records were in.</param>
/// <param name="Cut">Which records.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="Name">Its file's name, without what follows the last dot.</param>
public sealed record ParkedBlock(Guid LogId, LogCut Cut, long Bytes, string Name)
{
    /// <summary>The token it was first written under.</summary>
    public string Token => WriteAheadLog.TokenOf(LogId, Cut);
}
