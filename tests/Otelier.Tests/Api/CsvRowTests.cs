using System.Buffers;
using System.Text;
using Otelier.Signals.Api;
using Xunit;

namespace Otelier.Tests.Api;

public sealed class CsvRowTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=SUM(A1)", "'=SUM(A1)")]
    [InlineData("+1", "'+1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-", "'-")]
    [InlineData("-5", "-5")]
    [InlineData("-1.5E-7", "-1.5E-7")]
    [InlineData("=A1,B1", "\"'=A1,B1\"")]
    public void A_cell_is_quoted_and_is_no_formula(string text, string cell)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var row = new CsvRow(output))
        {
            row.Write(text);
            row.Write("next");
            row.End();
        }

        Assert.Equal($"{cell},next\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1_750_000_000_123_456_789, "2025-06-15T15:06:40.123456789Z")]
    public void A_time_has_its_nanoseconds(ulong nanos, string cell)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var row = new CsvRow(output))
            row.WriteTime(nanos);

        Assert.Equal(cell, Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
