using Otelier.Cli.CommandLine;
using Xunit;

namespace Otelier.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("demo", "--nonsense")]
    [InlineData("demo", "--rate", "fast")]
    [InlineData("demo", "--endpoint", "127.0.0.1:4318")]
    [InlineData("demo", "--history", "yesterday")]
    [InlineData("load", "--connections", "0")]
    [InlineData("load", "--signal", "profiles")]
    [InlineData("load", "--spread", "1h")]
    [InlineData("load", "--endpoint", "https://127.0.0.1:4318")]
    [InlineData("load", "--numbered", "--compression", "gzip")]
    [InlineData("load", "--signal", "metrics", "--series", "1000", "--batch", "1000", "--connections", "8")]
    [InlineData("load", "--run-id", "xyz")]
    [InlineData("verify", "--timeout", "-1s")]
    [InlineData("frobnicate")]
    public async Task Bad_arguments_are_one_line_and_exit_code_2(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await CliApplication.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);

        Assert.Equal(2, exit);
        Assert.Equal("", output.ToString());
        Assert.StartsWith("otelier: ", Assert.Single(error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo", "--history")]
    [InlineData("load", "--connections")]
    [InlineData("verify", "--watch")]
    public async Task Help_names_the_options(string command, string option)
    {
        using var output = new StringWriter();

        var exit = await CliApplication.RunAsync([command, "--help"], output, TextWriter.Null, TestContext.Current.CancellationToken);

        Assert.Equal(0, exit);
        Assert.Contains(option, output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("30s", 30)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("0", 0)]
    public void Durations_are_a_number_and_a_unit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("1e9d")]
    [InlineData("99999d")]
    [InlineData("1 week")]
    public void What_is_no_duration_is_null(string text) => Assert.Null(DurationText.Parse(text));
}
