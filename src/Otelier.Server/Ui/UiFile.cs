namespace Otelier.Server.Ui;

/// <summary>One file of the built interface.</summary>
/// <param name="Path">Where its content lies.</param>
/// <param name="ContentType">The media type, by its extension.</param>
/// <param name="IsImmutable">Whether its name holds a hash of its content, so that it may be kept for ever.</param>
/// <param name="Tag">The entity tag, quoted.</param>
/// <param name="Encodings">What lies compressed beside it, best first.</param>
internal sealed record UiFile(string Path, string ContentType, bool IsImmutable, string Tag, IReadOnlyList<string> Encodings);
