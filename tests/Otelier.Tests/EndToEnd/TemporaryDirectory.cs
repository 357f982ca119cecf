namespace Otelier.Tests.EndToEnd;

/// <summary>A directory of a test's own, gone with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("otelier-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
