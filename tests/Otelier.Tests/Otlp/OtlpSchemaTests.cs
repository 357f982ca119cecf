using Otelier.Signals.Otlp;
using Xunit;

namespace Otelier.Tests.Otlp;

public sealed class OtlpSchemaTests
{
    [Fact]
    public void Every_message_that_a_field_holds_is_in_the_table()
    {
        var messages = OtlpSchema.Messages.ToHashSet();
        var held = OtlpSchema.Messages.SelectMany(message => message.Fields).Where(field => field.Message is not null).ToList();
        Assert.All(held, field => Assert.Contains(field.Message!, messages));
        Assert.NotEmpty(held);
    }

    [Fact]
    public void Every_message_declared_is_in_the_table() => Assert.Equal(
        typeof(OtlpSchema).GetProperties().Count(property => property.PropertyType == typeof(OtlpMessage)),
        OtlpSchema.Messages.Distinct().Count());

    [Fact]
    public void Numbers_and_names_are_unique_in_their_message() => Assert.All(OtlpSchema.Messages, message =>
    {
        Assert.Distinct(message.Fields.Select(field => field.Number));
        Assert.Distinct(message.Fields.Select(field => field.JsonName));
        Assert.Distinct(OtlpSchema.Messages.Select(other => other.Name));
    });

    [Theory]
    [InlineData("trace_id", "traceId")]
    [InlineData("dropped_attributes_count", "droppedAttributesCount")]
    [InlineData("name", "name")]
    public void Names_in_JSON_are_lower_camel_case(string name, string jsonName) =>
        Assert.Equal(jsonName, OtlpSchema.Span.Fields.Single(field => field.Name == name).JsonName);

    [Fact]
    public void Fields_are_found_by_number()
    {
        Assert.Equal("flags", OtlpSchema.Span.Find(16)?.Name);
        Assert.Null(OtlpSchema.Span.Find(17));
        Assert.Null(OtlpSchema.SpanStatus.Find(1));
        Assert.Null(OtlpSchema.Span.Find(uint.MaxValue));
    }
}
