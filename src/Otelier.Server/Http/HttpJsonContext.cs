using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Otelier.Server.Http;

/// <summary>Every type this folder writes as JSON. Reflection is off: a type that is missing here fails on first use.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class HttpJsonContext : JsonSerializerContext;
