namespace Otelier.Storage.ClickHouse.Tables;

/// <summary>Consecutive rows with the same number: the number and how many rows.</summary>
internal ref struct ScopeRuns(ReadOnlySpan<int> indexes)
{
    private readonly ReadOnlySpan<int> _indexes = indexes;
    private int _position = 0;

    public int Scope { get; private set; }

    public int Rows { get; private set; }

    public bool MoveNext()
    {
        if (_position == _indexes.Length)
            return false;
        Scope = _indexes[_position];
        var rest = _indexes[_position..];
        var other = rest.IndexOfAnyExcept(Scope);
        Rows = other < 0 ? rest.Length : other;
        _position += Rows;
        return true;
    }
}
