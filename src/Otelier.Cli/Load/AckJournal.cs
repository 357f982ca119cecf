using System.Globalization;
using System.Text;

namespace Otelier.Cli.Load;

/// <summary>
/// Writes down which numbered items were acknowledged, one line "first last" for each request, at once: what stands here was
/// acknowledged before the server could be killed.
/// </summary>
internal sealed class AckJournal(Stream target) : IDisposable
{
    private readonly Lock _lock = new();

    public void Acknowledged(long first, int items)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{first} {first + items - 1}\n"));
        lock (_lock)
        {
            target.Write(line);
            target.Flush();
        }
    }

    public void Dispose() => target.Dispose();
}
