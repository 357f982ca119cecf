using System.Text;
using Otelier.Signals.Otlp;

namespace Otelier.Tests.Ingest;

/// <summary>A <c>google.rpc.Status</c> read back from its protobuf form.</summary>
public sealed record StatusMessage(int Code, string Message, IReadOnlyDictionary<string, byte[]> Details)
{
    private const string TypePrefix = "type.googleapis.com/google.rpc.";

    public static StatusMessage Parse(byte[] bytes)
    {
        var (code, message, details) = (0, "", new Dictionary<string, byte[]>(StringComparer.Ordinal));
        var reader = new ProtoReader(bytes);
        while (reader.TryReadTag(out var tag))
        {
            if (tag == 0x08)
                code = (int)reader.ReadVarint();
            else if (tag == 0x12)
                message = Encoding.UTF8.GetString(reader.ReadBytes());
            else if (tag == 0x1A)
                AddDetail(reader.ReadBytes(), details);
            else
                throw new InvalidDataException($"Status has no field with the tag {tag}.");
        }

        return reader.Error == DecodeError.None
            ? new StatusMessage(code, message, details)
            : throw new InvalidDataException($"Not a Status: {reader.Error}.");
    }

    private static void AddDetail(ReadOnlySpan<byte> any, Dictionary<string, byte[]> details)
    {
        var (type, value) = ("", Array.Empty<byte>());
        var reader = new ProtoReader(any);
        while (reader.TryReadTag(out var tag))
        {
            if (tag == 0x0A)
                type = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                value = reader.ReadBytes().ToArray();
        }

        details.Add(type.Replace(TypePrefix, "", StringComparison.Ordinal), value);
    }
}
