using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Otelier.Server.Http;

namespace Otelier.Server.About;

/// <summary>What this server is.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Store">Which engine keeps the data.</param>
/// <param name="Authentication"><c>none</c> or <c>required</c>.</param>
/// <param name="StartTimeUnixNano">When it started, in nanoseconds since 1970.</param>
internal sealed record AboutAnswer(string Version, string Store, string Authentication, string StartTimeUnixNano);

/// <summary>The one type this folder writes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AboutAnswer))]
internal sealed partial class AboutJsonContext : JsonSerializerContext;

/// <summary><c>GET /api/v1/about</c>.</summary>
internal sealed class AboutEndpoints(OtelierOptions options, TimeProvider time) : IEndpoints
{
    private readonly AboutAnswer _answer = new(
        typeof(AboutEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
        options.Storage.Store.Engine.ToString().ToLowerInvariant(),
        options.Auth.Mode == AuthMode.Required ? "required" : "none",
        time.UnixNano().ToString(CultureInfo.InvariantCulture));

    public void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/about", ApiRoute.Of(context => Task.FromResult<IResult>(
            QueryNames.Check(context.Request) is { } problem ? problem : TypedResults.Json(_answer, AboutJsonContext.Default.AboutAnswer))))
        .Requires(Permission.Authenticated);
}
