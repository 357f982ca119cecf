using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;

namespace Otelier.Server.Http;

/// <summary>
/// Knows the requests in which this process sends telemetry about itself to itself. Such a request makes no span and no
/// log record, or each export would cause the next. The mark is secret and new with each start, so that nobody else's
/// request can hide behind it.
/// </summary>
internal sealed class SelfRequests
{
    /// <summary>The header that carries the mark.</summary>
    public const string HeaderName = "x-otelier-self";

    /// <summary>The secret of this process.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether this process sent the request.</summary>
    public bool IsOwn(HttpRequest request) => request.Headers.TryGetValue(HeaderName, out var mark) && mark == Mark;

    /// <summary>Runs the rest of the pipeline in silence where the request is our own.</summary>
    public RequestDelegate Suppressing(RequestDelegate next) => context =>
        IsOwn(context.Request) ? InSilenceAsync(context, next) : next(context);

    private static async Task InSilenceAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        using (SuppressInstrumentationScope.Begin())
            await next(context);
    }
}
