using System.Text;
using Otelier.Storage.ClickHouse.Sql;
using Otelier.Storage.ClickHouse.Transports;
using Xunit;

namespace Otelier.Storage.Tests.Golden;

/// <summary>
/// Statements as reviewed text, in the files beside this one. With OTELIER_GOLDEN=write they are written anew, into the folder of the
/// built tests, to be reviewed again.
/// </summary>
internal static class GoldenSql
{
    /// <summary>The statement is the one of <c>name.sql</c>, and so are the values of its parameters.</summary>
    internal static void AssertReviewed(string name, SqlBuilder sql)
    {
        var statement = sql.Build(QueryLimits.None);
        var text = new StringBuilder(statement.Text).Append('\n');
        foreach (var parameter in statement.Parameters)
            text.Append($"-- {parameter.Name} = {Encoding.UTF8.GetString(parameter.Text.Span)}\n");
        var folder = Path.Combine(AppContext.BaseDirectory, "Golden");
        var path = Path.Combine(folder, $"{name}.sql");
        if (Environment.GetEnvironmentVariable("OTELIER_GOLDEN") == "write")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    /// <summary>Wherever a statement reads a table of ours, whose rows these are is its first condition.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="tables">How the tables' names begin.</param>
    internal static void AssertTenantFirst(IEnumerable<SqlBuilder> statements, string tables) => Assert.All(statements, sql =>
    {
        var froms = sql.Build(QueryLimits.None).Text.Split($"FROM {tables}");
        Assert.True(froms.Length > 1);
        Assert.All(froms[1..], from => Assert.StartsWith("WHERE Tenant = {", from[(from.IndexOf('\n', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal));
    });
}
