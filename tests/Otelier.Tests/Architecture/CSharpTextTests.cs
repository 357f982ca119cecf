using Xunit;

namespace Otelier.Tests.Architecture;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a // nint\nb", "a        \nb")]
    [InlineData("a // nint", "a        ")]
    [InlineData("a /* nint\n */ b", "a        \n    b")]
    [InlineData("f(\"nint\", x)", "f(      , x)")]
    [InlineData("f(\"\\\"nint\", x)", "f(        , x)")]
    [InlineData("f($@\"a\"\"nint\", x)", "f(           , x)")]
    [InlineData("f(\"\"\"a \"nint\" b\"\"\", x)", "f(                , x)")]
    [InlineData("f(\"\", '\"', nint)", "f(  ,    , nint)")]
    [InlineData("f('\\'', nint)", "f(    , nint)")]
    [InlineData("@class = nint;", "@class = nint;")]
    public void Comments_and_literals_are_blanked_and_code_is_kept(string source, string code) =>
        Assert.Equal(code, CSharpText.CodeOf(source));
}
