namespace Otelier.Server.Http;

/// <summary>A route's declaration of what it asks of its caller. A route without one is refused to everybody.</summary>
internal sealed record RoutePermission(Permission Permission);

internal static class RoutePermissionExtensions
{
    /// <summary>
    /// Declares what a route, or every route of a group, asks of its caller. What stands at the route itself counts before what stands
    /// at its group.
    /// </summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RoutePermission(permission));

    /// <summary>Routes that all ask for <paramref name="permission"/>, unless one says otherwise of itself.</summary>
    public static RouteGroupBuilder MapRequiring(this IEndpointRouteBuilder routes, Permission permission) =>
        routes.MapGroup("").Requires(permission);
}
