using Otelier.Signals;

namespace Otelier.Storage.Catalog;

/// <summary>One act of administration.</summary>
/// <param name="Tenant">Whom it concerns, and who may read of it.</param>
/// <param name="TimeUnixNano">When, in nanoseconds since 1970.</param>
/// <param name="Id">Tells acts of one time apart.</param>
/// <param name="ActorId">The id of the key that was used; empty where nobody has to log in.</param>
/// <param name="ActorName">The name that key had.</param>
/// <param name="ActorTenant">The tenant that key belongs to.</param>
/// <param name="Action">What was done, such as <c>key.create</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Outcome"><c>ok</c>, or why it was not done.</param>
/// <param name="RemoteAddress">Where the request came from.</param>
public sealed record AuditEntry(
    TenantId Tenant, ulong TimeUnixNano, string Id, string ActorId, string ActorName, string ActorTenant, string Action, string Target, string Outcome, string RemoteAddress);

/// <summary>A search for acts, newest first.</summary>
/// <param name="Tenant">Whom they concern.</param>
/// <param name="Range">When they were done.</param>
/// <param name="Limit">Most entries of the answer.</param>
/// <param name="After">Where the page before it ended.</param>
public sealed record AuditQuery(TenantId Tenant, TimeRange Range, int Limit, PageKey? After);

/// <summary>Who administered what. Entries are only ever added.</summary>
public interface IAuditLog
{
    /// <summary>Adds entries; they are durable when this returns.</summary>
    /// <exception cref="StoreException">The store did not take them.</exception>
    Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);

    /// <exception cref="StoreException">The store did not answer.</exception>
    Task<Page<AuditEntry>> FindAsync(AuditQuery query, CancellationToken cancellationToken);
}
