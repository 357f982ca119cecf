namespace Otelier.Server.Http;

/// <summary>Some routes of the API. A feature registers its own; the host maps them all.</summary>
internal interface IEndpoints
{
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>How routes come to the host.</summary>
internal static class EndpointsSetup
{
    public static IServiceCollection AddEndpoints<T>(this IServiceCollection services)
        where T : class, IEndpoints => services.AddSingleton<T>().AddSingleton<IEndpoints>(provider => provider.GetRequiredService<T>());

    /// <summary>Maps every feature's routes. One that does not say what it asks of its caller asks for <see cref="Permission.Read"/>.</summary>
    public static void MapEndpoints(this WebApplication app)
    {
        var routes = app.MapRequiring(Permission.Read);
        foreach (var endpoints in app.Services.GetServices<IEndpoints>())
            endpoints.Map(routes);
    }
}
