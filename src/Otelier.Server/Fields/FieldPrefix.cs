using Otelier.Signals;
using Otelier.Signals.Catalog;

namespace Otelier.Server.Fields;

/// <summary>Understands the beginning of a field's name.</summary>
internal static class FieldPrefix
{
    private static readonly (string Prefix, Func<Signal, AttributeLevel> Level)[] Scopes =
    [
        ("attributes.", AttributeLevels.ItemOf),
        ("resource.", _ => AttributeLevel.Resource),
        ("scope.", _ => AttributeLevel.Scope),
        ("events.", _ => AttributeLevel.Event),
        ("links.", _ => AttributeLevel.Link),
    ];

    /// <summary>Where attributes with such names stand, and how their keys begin.</summary>
    public static (IReadOnlyList<AttributeLevel> Levels, string Key) Read(Signal signal, string prefix)
    {
        foreach (var scope in Scopes)
        {
            if (prefix.StartsWith(scope.Prefix, StringComparison.Ordinal))
                return ([scope.Level(signal)], prefix[scope.Prefix.Length..].TrimStart('"'));
        }

        return (AttributeLevels.Of(signal), prefix.TrimStart('`'));
    }
}
