using System.Text;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>The few places where a name or a token becomes SQL text.</summary>
internal static class SqlText
{
    private const int TokenLengthMax = 200;

    /// <summary>A quoted name; whatever it holds, it stays one name.</summary>
    internal static string Name(string name)
    {
        if (name.Length == 0)
            throw new ArgumentException("A name is not empty.", nameof(name));
        return $"`{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`";
    }

    /// <summary><c>table</c> or <c>database.table</c>, quoted.</summary>
    internal static string Table(string table) => string.Join('.', table.Split('.', 2).Select(Name));

    /// <summary>The statement of an insert, without settings and format.</summary>
    internal static string Insert(string table, IReadOnlyList<string> columns) =>
        new StringBuilder("INSERT INTO ").Append(Table(table)).Append(" (").AppendJoin(", ", columns.Select(Name)).Append(')').ToString();

    /// <summary>The token, once it is known to be one.</summary>
    internal static string Token(string token)
    {
        if (token.Length is 0 or > TokenLengthMax)
            throw new ArgumentException("A deduplication token has 1 to 200 characters.", nameof(token));
        foreach (var c in token)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or ':' or '/' or '-'))
                throw new ArgumentException($"A deduplication token has no '{c}'.", nameof(token));
        }

        return token;
    }
}
