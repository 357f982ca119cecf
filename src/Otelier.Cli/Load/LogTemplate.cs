namespace Otelier.Cli.Load;

/// <summary>Encodes log records of 8 attributes and about 400 bytes, 100 to a resource.</summary>
internal sealed class LogTemplate(LoadOptions options, Func<int, byte[]> prefix)
{
    private const int RecordsPerResource = 100;

    private static readonly byte[] Id = new byte[16];

    private static readonly (ulong Number, string Text)[] Severities =
        [(9, "INFO"), (9, "INFO"), (9, "INFO"), (9, "INFO"), (5, "DEBUG"), (5, "DEBUG"), (13, "WARN"), (17, "ERROR")];

    private readonly PatchableMessage _message = new();

    public LogLoadBatch Build(int template)
    {
        var random = new Random((options.Seed * 1_000_003) + template);
        _message.Clear();
        for (var first = 0; first < options.Batch; first += RecordsPerResource)
        {
            var resource = first / RecordsPerResource;
            _message.Open();
            LoadVocabulary.Resource(_message, LoadVocabulary.Services[resource % LoadVocabulary.Services.Length], (template * 7) + resource, options);
            _message.Open();
            _message.Open();
            _message.Writer.WriteString(1, "shop.logging");
            _message.Close(1);
            for (var i = first; i < Math.Min(first + RecordsPerResource, options.Batch); i++)
                Record(random);
            _message.Close(2);
            _message.Close(1);
        }

        var (bytes, marks) = _message.Build(prefix);
        return new LogLoadBatch(bytes, _message.Writer.Length, options.Batch, marks, options.Numbered);
    }

    private void Record(Random random)
    {
        var (severity, severityText) = random.Pick(Severities);
        var body = random.Pick(LoadVocabulary.Bodies);
        _message.Open();
        var record = _message.Writer;
        record.WriteFixed64(1, 0);
        _message.Mark(8);
        record.WriteVarint(2, severity);
        record.WriteString(3, severityText);

        _message.Open();
        _message.Writer.WriteString(1, body);
        _message.Mark(body.Length - body.IndexOf('#', StringComparison.Ordinal));
        _message.Close(5);

        _message.Attribute(6, "logger.name", random.Pick(LoadVocabulary.Loggers));
        _message.Attribute(6, "thread.id", random.Next(1, 200));
        _message.Attribute(6, "http.route", $"/api/v2/{random.Pick(LoadVocabulary.Nouns)}/{{id}}{random.Pick(LoadVocabulary.Actions)}");
        _message.Attribute(6, "user.id", "user-00000", markFromEnd: 5);
        _message.Attribute(6, "app.request.id", "00000000-0000-4000-8000-000000000000", markFromEnd: 36);
        _message.Attribute(6, "app.elapsed_us", Overwrite.Varint3Min, marked: true);
        _message.Attribute(6, "app.plan", random.Pick(LoadVocabulary.Plans));
        _message.Attribute(6, "code.line.number", random.Next(20, 900));
        if (options.Numbered)
            _message.NumberAttribute(6, "otelier.load.number");
        else
            _message.MarkNothing();

        record.WriteFixed32(8, 1);
        record.WriteBytes(9, Id);
        _message.Mark(16);
        record.WriteBytes(10, Id.AsSpan(0, 8));
        _message.Mark(8);
        record.WriteFixed64(11, 0);
        _message.Mark(8);
        _message.Close(2);
    }
}
