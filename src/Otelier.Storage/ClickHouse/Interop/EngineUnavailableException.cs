namespace Otelier.Storage.ClickHouse.Interop;

/// <summary>The in-process engine cannot be had: no library, a library for another machine, or a data directory it refuses.</summary>
internal sealed class EngineUnavailableException : Exception
{
    public EngineUnavailableException()
    {
    }

    public EngineUnavailableException(string message) : base(message)
    {
    }

    public EngineUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
