namespace Otelier.Cli.Load;

/// <summary>Encodes spans of 15 attributes and about 640 bytes, 100 to a resource, one in twenty with an exception.</summary>
internal sealed class SpanTemplate(LoadOptions options, Func<int, byte[]> prefix)
{
    private const int SpansPerResource = 100;

    private static readonly byte[] Id = new byte[16];

    private readonly PatchableMessage _message = new();

    public SpanLoadBatch Build(int template)
    {
        var random = new Random((options.Seed * 1_000_003) + template);
        var traces = SpanLoadBatch.TracesIn(options.Batch);
        _message.Clear();
        for (var first = 0; first < options.Batch; first += SpansPerResource)
        {
            var resource = first / SpansPerResource;
            _message.Open();
            LoadVocabulary.Resource(_message, LoadVocabulary.Services[resource % LoadVocabulary.Services.Length], (template * 7) + resource, options);
            _message.Open();
            Scope();
            for (var i = first; i < Math.Min(first + SpansPerResource, options.Batch); i++)
                Span(random, isRoot: i < traces);
            _message.Close(2);
            _message.Close(1);
        }

        var (bytes, marks) = _message.Build(prefix);
        return new SpanLoadBatch(bytes, _message.Writer.Length, options.Batch, marks, options.Numbered);
    }

    private void Scope()
    {
        _message.Open();
        _message.Writer.WriteString(1, "io.opentelemetry.http-server");
        _message.Writer.WriteString(2, "2.19.0");
        _message.Close(1);
    }

    private void Span(Random random, bool isRoot)
    {
        var method = random.Pick(LoadVocabulary.Methods);
        var noun = random.Pick(LoadVocabulary.Nouns);
        var action = random.Pick(LoadVocabulary.Actions);
        var route = $"/api/v2/{noun}/{{id}}{action}";
        var failed = random.Next(20) == 0;

        _message.Open();
        var span = _message.Writer;
        span.WriteBytes(1, Id);
        _message.Mark(16);
        span.WriteBytes(2, Id.AsSpan(0, 8));
        _message.Mark(8);
        if (isRoot)
        {
            _message.MarkNothing();
        }
        else
        {
            span.WriteBytes(4, Id.AsSpan(0, 8));
            _message.Mark(8);
        }

        span.WriteString(5, $"{method} {route}");
        span.WriteVarint(6, isRoot ? 2UL : (ulong)random.Next(1, 4));
        span.WriteFixed64(7, 0);
        _message.Mark(8);
        span.WriteFixed64(8, 0);
        _message.Mark(8);

        _message.Attribute(9, "http.request.method", method);
        _message.Attribute(9, "http.route", route);
        _message.Attribute(9, "url.path", $"/api/v2/{noun}/00000000{action}", markFromEnd: 8 + action.Length);
        _message.Attribute(9, "network.type", "ipv4");
        _message.Attribute(9, "url.scheme", "https");
        _message.Attribute(9, "server.address", $"{noun}.shop.internal");
        _message.Attribute(9, "server.port", 8443);
        _message.Attribute(9, "http.response.status_code", failed ? 500 : random.Pick(LoadVocabulary.StatusCodes));
        _message.Attribute(9, "http.response.body.size", Overwrite.Varint3Min, marked: true);
        _message.Attribute(9, "user_agent.original", random.Pick(LoadVocabulary.Agents));
        _message.Attribute(9, "client.address", $"10.{random.Next(10, 100)}.{random.Next(10, 100)}.{random.Next(10, 100)}");
        _message.Attribute(9, "thread.id", random.Next(1, 200));
        _message.Attribute(9, "app.plan", random.Pick(LoadVocabulary.Plans));
        _message.Attribute(9, "user.id", "user-00000", markFromEnd: 5);
        _message.Attribute(9, "app.request.id", "00000000-0000-4000-8000-000000000000", markFromEnd: 36);
        if (options.Numbered)
            _message.NumberAttribute(9, "otelier.load.number");
        else
            _message.MarkNothing();

        if (failed)
            Failure();
        else
            _message.MarkNothing();
        _message.Close(2);
    }

    private void Failure()
    {
        _message.Open();
        _message.Writer.WriteFixed64(1, 0);
        _message.Mark(8);
        _message.Writer.WriteString(2, "exception");
        _message.Attribute(3, "exception.type", "shop.payments.CardDeclined");
        _message.Attribute(3, "exception.message", "the acquirer answered 05");
        _message.Attribute(3, "exception.stacktrace", LoadVocabulary.StackTrace);
        _message.Close(11);
        _message.Open();
        _message.Writer.WriteString(2, "card declined");
        _message.Writer.WriteVarint(3, 2);
        _message.Close(15);
    }
}
