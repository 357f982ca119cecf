using System.Text.Json.Serialization;
using Otelier.Benchmarks.EndToEnd;

namespace Otelier.Benchmarks.Processes;

[JsonSerializable(typeof(EngineInsertOrder))]
[JsonSerializable(typeof(EngineInsertResult))]
[JsonSerializable(typeof(TableInspectionOrder))]
[JsonSerializable(typeof(TableInspectionResult))]
internal sealed partial class BenchJson : JsonSerializerContext;
