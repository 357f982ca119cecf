using System.Reflection;
using System.Runtime.InteropServices;

namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>
/// Finds and loads the engine's shared library, once per process: the runtime allows one resolver per assembly
/// and the engine one data directory per process.
/// </summary>
internal static class EngineLibrary
{
    internal const string EnvironmentVariable = "OTELIER_ENGINE";

    /// <summary>How far above the program the library's folder is looked for.</summary>
    private const int ParentFoldersMax = 12;

    private static readonly Lock _gate = new();
    private static nint _handle;

    /// <summary>Loads the library unless it is loaded already.</summary>
    /// <param name="configuredPath">The file, or null to look at <c>OTELIER_ENGINE</c> and then above the program.</param>
    /// <exception cref="EngineUnavailableException">There is no such file, or it cannot be loaded here.</exception>
    internal static void Load(string? configuredPath)
    {
        lock (_gate)
        {
            if (_handle != 0)
                return;
            var path = Find(configuredPath, Environment.GetEnvironmentVariable(EnvironmentVariable), AppContext.BaseDirectory);
            try
            {
                _handle = NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new EngineUnavailableException($"The engine library {path} cannot be loaded on this machine: {e.Message}", e);
            }

            NativeLibrary.SetDllImportResolver(typeof(EngineLibrary).Assembly, Resolve);
            // .NET turns SIGSEGV into NullReferenceException and SIGINT into a graceful stop; the engine's own
            // handlers would take both away.
            ChdbNative.chdb_set_signal_handlers_enabled(0);
        }
    }

    /// <summary>Where the library is, by setting, then environment, then the folders above the program.</summary>
    internal static string Find(string? configuredPath, string? environmentPath, string baseDirectory)
    {
        foreach (var (path, source) in new[] { (configuredPath, "EngineLibraryPath"), (environmentPath, EnvironmentVariable) })
        {
            if (string.IsNullOrEmpty(path))
                continue;
            return File.Exists(path)
                ? path
                : throw new EngineUnavailableException($"{source} names {path}, which is not there.");
        }

        var relative = RelativePath();
        var folder = new DirectoryInfo(baseDirectory);
        for (var i = 0; i < ParentFoldersMax && folder is not null; i++, folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (File.Exists(candidate))
                return candidate;
        }

        throw new EngineUnavailableException(
            $"The ClickHouse engine library ({relative}) is in no folder above {baseDirectory}. "
            + $"`make run` installs it once; or name the file in EngineLibraryPath or {EnvironmentVariable}.");
    }

    private static string RelativePath()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            var other => throw new EngineUnavailableException($"There is no engine library for {other} processors."),
        };
        if (!OperatingSystem.IsMacOS() && !OperatingSystem.IsLinux())
            throw new EngineUnavailableException("There is no engine library for this operating system; Linux and macOS have one.");
        var package = OperatingSystem.IsLinux() ? $"lib-linux-{architecture}-gnu" : $"lib-darwin-{architecture}";
        return Path.Combine(".engine", "node_modules", "@chdb", package, "libchdb.so");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == ChdbNative.Library ? _handle : 0;
}
