namespace Otelier.Storage.Tests.ClickHouse;

/// <summary>Values that have broken SQL builders before.</summary>
internal static class HostileValues
{
    internal static readonly string[] All =
    [
        "", " ", "'", "''", "\\", "\\'", "\\\\'", "'; DROP TABLE t; --", "`", "\"", "\t", "\n", "\r", "\r\n", "\b\f\v\a\u001b", "\0", "a\0b",
        "\\N", "NULL", "\\t", "\\x41", "{a:String}", "%00%27", "+&=?#%", "[", "]", "['a']", ",", "ünïcödé 漢字 🦀", "\u202Ertl", "\uFEFF",
        "__proto__", new string('k', 64 * 1024), new string('\'', 64 * 1024), string.Concat(Enumerable.Repeat("\\\t\n'`\0é", 4096)),
    ];
}
