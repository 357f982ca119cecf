namespace Otelier.Signals.Otlp;

/// <summary>How many items of one request were rejected, per reason.</summary>
public sealed class Rejections
{
    private readonly long[] _counts = new long[(int)DecodeError.ItemTooLarge + 1];

    public long Total { get; private set; }

    public long this[DecodeError reason] => _counts[(int)reason];

    public void Add(DecodeError reason, long items)
    {
        _counts[(int)reason] += items;
        Total += items;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Total = 0;
    }

    /// <summary>English, for a person; empty when nothing was rejected.</summary>
    public string Describe()
    {
        if (Total == 0)
            return "";
        var parts = new List<string>();
        for (var reason = 0; reason < _counts.Length; reason++)
        {
            if (_counts[reason] > 0)
                parts.Add($"{_counts[reason]} × {((DecodeError)reason).Explain()}");
        }

        return $"{Total} rejected: {string.Join("; ", parts)}";
    }
}
