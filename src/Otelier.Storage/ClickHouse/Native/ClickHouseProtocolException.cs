namespace Otelier.Storage.ClickHouse.Native;

/// <summary>Bytes that should be blocks in Native format are not, or hold a type this reader does not know.</summary>
internal sealed class ClickHouseProtocolException : Exception
{
    public ClickHouseProtocolException()
    {
    }

    public ClickHouseProtocolException(string message) : base(message)
    {
    }

    public ClickHouseProtocolException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
