namespace Otelier.Storage.ClickHouse.Transports;

/// <summary>What to do about an error of the engine.</summary>
internal enum ClickHouseErrorKind
{
    /// <summary>Anything not named below: a mistake of ours or of the server's setup.</summary>
    Other = 0,

    /// <summary>The statement is not SQL, or uses a name, a type or a function wrongly.</summary>
    Statement,

    /// <summary>A table, column, database or setting that is not there.</summary>
    UnknownName,

    /// <summary>A parameter is missing or does not fit its type.</summary>
    Parameter,

    /// <summary>The statement ran longer than it may.</summary>
    Timeout,

    /// <summary>The statement or the whole engine would use more memory than it may.</summary>
    MemoryLimit,

    /// <summary>The statement would read or answer more rows or bytes than it may.</summary>
    TooManyRows,

    /// <summary>The statement was cancelled.</summary>
    Cancelled,

    /// <summary>Every connection is taken and the queue is full, or the server says it has too much to do.</summary>
    Busy,

    /// <summary>The server does not know the user or the password, or forbids the statement.</summary>
    Access,

    /// <summary>The server cannot be reached or the connection broke.</summary>
    Connection,

    /// <summary>The engine cannot read or write its files.</summary>
    Disk,

    /// <summary>The bytes sent are not what the table takes.</summary>
    Data,
}
