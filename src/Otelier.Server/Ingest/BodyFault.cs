namespace Otelier.Server.Ingest;

/// <summary>Why a message did not get as far as being decoded.</summary>
internal enum BodyFault
{
    None = 0,

    /// <summary>It is larger than one message may be, as received or decompressed.</summary>
    TooLarge,

    /// <summary>The budget for all messages is used up for the moment.</summary>
    NoRoom,

    /// <summary>The compressed bytes end too early.</summary>
    CompressionTruncated,

    /// <summary>The compressed bytes do not fit their format or their checksum.</summary>
    CompressionCorrupt,

    /// <summary>Something follows the compressed bytes: garbage, or a second gzip member.</summary>
    CompressionTrailed,

    /// <summary>gRPC: the call ended before its one message was complete.</summary>
    FrameMissing,

    /// <summary>gRPC: more than one message in a unary call.</summary>
    FrameTrailed,

    /// <summary>gRPC: a message is flagged as compressed but no compression was declared, or the flag is unknown.</summary>
    FrameFlagUnknown,

    /// <summary>The client is gone: there is nobody to answer.</summary>
    ClientGone,
}
