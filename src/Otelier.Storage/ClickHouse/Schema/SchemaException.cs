namespace Otelier.Storage.ClickHouse.Schema;

/// <summary>The tables in the database are not those this program may work with. The message says what to do.</summary>
internal sealed class SchemaException : Exception
{
    public SchemaException()
    {
    }

    public SchemaException(string message) : base(message)
    {
    }

    public SchemaException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
