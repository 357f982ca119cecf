using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Otelier.Benchmarks.Processes;

/// <summary>Where the programs are that are measured: beside this one, built in the same way.</summary>
internal sealed record Programs(string Repository, string Server, string Cli, string Self)
{
    private const string Solution = "Otelier.slnx";

    /// <exception cref="FileNotFoundException">The programs are not where a build puts them.</exception>
    public static Programs Find()
    {
        // artifacts/bin/<project>/<configuration>/
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var repository = here;
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, Solution)))
            repository = repository.Parent;
        if (repository is null)
            throw new FileNotFoundException($"{Solution} is in no folder above {here.FullName}.");
        var bin = here.Parent!.Parent!.FullName;
        return new Programs(
            repository.FullName,
            Path.Combine(bin, "Otelier.Server", here.Name, "otelier-server"),
            Path.Combine(bin, "Otelier.Cli", here.Name, "otelier"),
            Environment.ProcessPath!);
    }

    /// <summary>How to start <paramref name="program"/>: with the .NET that runs this one, output redirected.</summary>
    public static ProcessStartInfo StartOf(string program, IEnumerable<string> arguments)
    {
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is not built: run `make build`.");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return start;
    }
}
