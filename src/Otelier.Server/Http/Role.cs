namespace Otelier.Server.Http;

/// <summary>What a key may be used for. The names are written into the catalog and into tokens, in lower case.</summary>
internal enum Role
{
    /// <summary>Sends telemetry, and can read nothing.</summary>
    Ingest,

    /// <summary>Reads its tenant's data.</summary>
    Viewer,

    /// <summary>Reads, and changes what people keep: saved views, rules.</summary>
    Editor,

    /// <summary>Everything within its tenant; in the default tenant, the tenants too.</summary>
    Admin,
}

/// <summary>What a route asks of its caller. Every route declares one.</summary>
internal enum Permission
{
    /// <summary>Nothing: also answered to those without a key.</summary>
    Open,

    /// <summary>Any valid key or token.</summary>
    Authenticated,

    /// <summary>Sends telemetry.</summary>
    Ingest,

    /// <summary>Reads data of the caller's tenant; searches by POST too.</summary>
    Read,

    /// <summary>Changes what people keep.</summary>
    Write,

    /// <summary>Administers the caller's tenant.</summary>
    Admin,

    /// <summary>Administers the server and all its tenants: an admin of the default tenant.</summary>
    Operate,
}

/// <summary>Roles as they are written.</summary>
internal static class RoleName
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())];

    public static string Of(Role role) => All[(int)role];

    public static bool TryParse(string? text, out Role role)
    {
        var index = text is null ? -1 : All.ToList().IndexOf(text);
        role = (Role)Math.Max(index, 0);
        return index >= 0;
    }
}
