using Otelier.Benchmarks.Report;

namespace Otelier.Benchmarks;

/// <summary>One case of the table.</summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="About">What it does, for <c>--list</c>.</param>
/// <param name="RunAsync">Measures it.</param>
internal sealed record BenchCase(string Name, string About, Func<BenchContext, CancellationToken, Task<IReadOnlyList<Figure>>> RunAsync);
