using System.Security.Cryptography;
using Otelier.Server.Http;
using Otelier.Signals;
using Otelier.Storage.Catalog;

namespace Otelier.Server.Auth;

/// <summary>
/// Writes who administered what. An act is told to the tenant of whoever did it and, where it is another one, to the tenant it was done to.
/// </summary>
internal sealed class AuditTrail(IAuditLog log, TimeProvider time)
{
    public const string Done = "ok";

    private const int IdSize = 8;
    private const int TextLengthMax = 512;

    /// <summary>Adds an entry; it is durable when this returns.</summary>
    /// <param name="context">The request, whose caller did it.</param>
    /// <param name="action">What was done, such as <c>key.create</c>.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="tenant">Whom it was done to; <see langword="null"/> for the caller's own tenant.</param>
    /// <param name="outcome"><see cref="Done"/>, or why it was not.</param>
    public Task WriteAsync(HttpContext context, string action, string target, TenantId? tenant = null, string outcome = Done)
    {
        var caller = context.GetCaller();
        var now = time.UnixNano();
        TenantId[] told = tenant is { } other && other != caller.Tenant ? [caller.Tenant, other] : [caller.Tenant];
        return log.AppendAsync(
            [.. told.Select(reader => new AuditEntry(
                reader,
                now,
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdSize)),
                caller.KeyId,
                caller.KeyName,
                caller.Tenant.Value,
                Short(action),
                Short(target),
                outcome,
                context.Connection.RemoteIpAddress?.ToString() ?? ""))],
            // What has been done is told of even if who did it has left.
            CancellationToken.None);
    }

    private static string Short(string text) => text.Length <= TextLengthMax ? text : text[..TextLengthMax];
}
