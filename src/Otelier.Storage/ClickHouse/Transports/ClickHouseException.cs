using System.Globalization;
using System.Text.RegularExpressions;

namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>The engine refused or failed, or cannot be reached or has no room.</summary>
internal sealed partial class ClickHouseException : Exception
{
    /// <summary>How much of the engine's message is kept, in characters: it quotes the statement.</summary>
    private const int MessageLengthMax = 4096;

    private const int TooManySimultaneousQueries = 202;

    public ClickHouseException() : this(0, "", ClickHouseErrorKind.Other, "The engine failed.")
    {
    }

    public ClickHouseException(string message) : this(0, "", ClickHouseErrorKind.Other, message)
    {
    }

    public ClickHouseException(string message, Exception innerException) : this(0, "", ClickHouseErrorKind.Other, message, innerException)
    {
    }

    internal ClickHouseException(int code, string name, ClickHouseErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Name = name;
        Kind = kind;
    }

    /// <summary>ClickHouse's number for the error, e.g. 62; 0 where the engine was not reached.</summary>
    public int Code { get; }

    /// <summary>ClickHouse's name for the error, e.g. SYNTAX_ERROR; empty where it gave none.</summary>
    public string Name { get; }

    public ClickHouseErrorKind Kind { get; }

    /// <summary>Whether the same statement may succeed a little later.</summary>
    public bool IsTransient => Kind is ClickHouseErrorKind.Busy or ClickHouseErrorKind.Connection or ClickHouseErrorKind.MemoryLimit;

    /// <summary>Whether it is certain that nothing was executed, so that any statement may be repeated.</summary>
    internal bool NothingExecuted { get; private init; }

    internal static ClickHouseException Busy(string message) => new(0, "", ClickHouseErrorKind.Busy, message) { NothingExecuted = true };

    internal static ClickHouseException NotConnected(string message, Exception? inner) =>
        new(0, "", ClickHouseErrorKind.Connection, message, inner) { NothingExecuted = true };

    internal static ClickHouseException Unreachable(string message, Exception? inner) =>
        new(0, "", ClickHouseErrorKind.Connection, message, inner);

    /// <summary>Reads the engine's <c>Code: 62. DB::Exception: … (SYNTAX_ERROR)</c>; any other text is kept as it is.</summary>
    internal static ClickHouseException Parse(string text)
    {
        var message = text.Length <= MessageLengthMax ? text : string.Concat(text.AsSpan(0, MessageLengthMax), "…");
        var code = CodePattern().Match(text) is { Success: true } c
            && int.TryParse(c.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
        var name = NamePattern().Match(text) is { Success: true } n ? n.Groups[1].Value : "";
        return new ClickHouseException(code, name, Classify(code), message.Trim()) { NothingExecuted = code == TooManySimultaneousQueries };
    }

    internal static ClickHouseErrorKind Classify(int code) => code switch
    {
        62 or 43 or 42 or 46 or 53 or 70 or 35 or 184 or 215 => ClickHouseErrorKind.Statement,
        60 or 47 or 16 or 81 or 115 or 8 or 10 => ClickHouseErrorKind.UnknownName,
        456 or 457 => ClickHouseErrorKind.Parameter,
        159 or 160 => ClickHouseErrorKind.Timeout,
        241 or 173 => ClickHouseErrorKind.MemoryLimit,
        158 or 307 or 396 => ClickHouseErrorKind.TooManyRows,
        394 or 734 => ClickHouseErrorKind.Cancelled,
        TooManySimultaneousQueries or 252 or 203 or 439 => ClickHouseErrorKind.Busy,
        192 or 193 or 194 or 516 or 497 or 164 or 195 => ClickHouseErrorKind.Access,
        209 or 210 or 279 or 3 or 32 or 242 or 319 => ClickHouseErrorKind.Connection,
        74 or 75 or 76 or 77 or 243 or 1001 or 1000 or 40 or 107 => ClickHouseErrorKind.Disk,
        6 or 27 or 33 or 117 or 131 or 122 or 349 => ClickHouseErrorKind.Data,
        _ => ClickHouseErrorKind.Other,
    };

    [GeneratedRegex(@"Code: (\d{1,9})\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\(([A-Z][A-Z0-9_]{2,})\)(?: \(version [^)]*\)*)?\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
