using System.Globalization;
using System.Text;
using Xunit;

namespace Otelier.Tests.Architecture;

public sealed class ReferencedMembersTests
{
    [Theory]
    [InlineData(typeof(StringBuilder))]
    [InlineData(typeof(Rune))]
    [InlineData(typeof(CultureNotFoundException))]
    [InlineData(typeof(Version))]
    [InlineData(typeof(UriBuilder))]
    public void A_type_named_anywhere_in_a_type_is_seen(Type named)
    {
        var written = typeof(Sample).Assembly.GetTypes().Where(t => ReferencedMembers.Outermost(t) == typeof(ReferencedMembersTests));

        var seen = written.Where(t => t != typeof(ReferencedMembersTests))
            .SelectMany(ReferencedMembers.Of)
            .SelectMany(ReferencedMembers.TypesOf);

        Assert.Contains(named, seen);
    }

    [Fact]
    public void A_type_that_is_not_named_is_not_seen() =>
        Assert.DoesNotContain(typeof(Uri), ReferencedMembers.Of(typeof(Sample)).SelectMany(ReferencedMembers.TypesOf));

    private sealed class Sample
    {
        private readonly List<Version[]> _field = [];

        public Func<Rune, int> Lambda() => rune =>
        {
            try
            {
                return new StringBuilder().Append(rune).Length + _field.Count;
            }
            catch (CultureNotFoundException)
            {
                return 0;
            }
        };

        public static T? GenericArgument<T>() => default;

        public static bool Caller() => GenericArgument<UriBuilder>() is null;
    }
}
