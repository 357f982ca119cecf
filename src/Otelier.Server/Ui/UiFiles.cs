using System.Collections.Frozen;

namespace Otelier.Server.Ui;

/// <summary>
/// The interface as it was built, listed once at start: what is not in the list is not there, whatever a path says.
/// Empty where it was never built.
/// </summary>
internal sealed class UiFiles
{
    private const string PageName = "index.html";
    private const string NonceMark = "__CSP_NONCE__";

    /// <summary>Vite puts what it names by its hash here.</summary>
    private const string HashedFolder = "/assets/";

    /// <summary>More files than a build has: the setting names some other directory.</summary>
    private const int FilesMax = 2000;

    private static readonly (string Extension, string Name)[] Encodings = [(".br", "br"), (".gz", "gzip")];

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, UiFile> _files;
    private readonly string[]? _page;

    private UiFiles(Dictionary<string, UiFile> files, string? page)
    {
        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
        _page = page?.Split(NonceMark);
    }

    /// <summary>Whether there is a page to show.</summary>
    public bool HasPage => _page is not null;

    public static UiFiles Load(string directory)
    {
        var files = new Dictionary<string, UiFile>(StringComparer.Ordinal);
        var page = new FileInfo(Path.Combine(directory, PageName));
        if (!page.Exists)
            return new UiFiles(files, page: null);
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Take(FilesMax))
        {
            if (!ContentTypes.TryGetValue(file.Extension, out var type))
                continue;
            var name = "/" + Path.GetRelativePath(directory, file.FullName).Replace('\\', '/');
            var encodings = Encodings.Where(encoding => File.Exists(file.FullName + encoding.Extension)).Select(encoding => encoding.Name);
            var tag = $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\"";
            files.Add(name, new UiFile(file.FullName, type, name.StartsWith(HashedFolder, StringComparison.Ordinal), tag, [.. encodings]));
        }

        return new UiFiles(files, File.ReadAllText(page.FullName));
    }

    public UiFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>The page with the nonce by which it may use its own styles.</summary>
    public string PageWith(string nonce) => string.Join(nonce, _page ?? []);

    /// <summary>The content of <paramref name="file"/> in <paramref name="encoding"/>, one of its own.</summary>
    public static string PathOf(UiFile file, string encoding) => file.Path + Encodings.First(known => known.Name == encoding).Extension;
}
