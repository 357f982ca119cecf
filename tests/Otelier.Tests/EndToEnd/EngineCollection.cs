using Xunit;

namespace Otelier.Tests.EndToEnd;

/// <summary>Tests that open the engine in this process: it can have one data directory open at a time, so they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection
{
    public const string Name = "engine";
}
