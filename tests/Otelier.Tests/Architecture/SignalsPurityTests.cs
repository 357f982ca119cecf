using System.Reflection;
using Xunit;

namespace Otelier.Tests.Architecture;

/// <summary>Signals is bytes, columns and algorithms: it opens nothing, calls nobody and does not know what time it is.</summary>
public sealed class SignalsPurityTests
{
    private static readonly HashSet<string> ForbiddenTypes =
    [
        "System.Console", "System.Environment", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream",
        "System.IO.RandomAccess", "System.IO.MemoryMappedFiles.MemoryMappedFile",
        "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer",
    ];

    private static readonly HashSet<string> ForbiddenMembers =
    [
        "System.TimeProvider.get_System", "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Random.get_Shared", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay",
    ];

    [Fact]
    public void Signals_does_no_io_and_reads_no_clock()
    {
        var named = typeof(Signals.TenantId).Assembly.GetTypes()
            .SelectMany(t => ReferencedMembers.Of(t).Select(m => (From: ReferencedMembers.Outermost(t).FullName, To: m)));

        var offences = named.Where(n => IsForbidden(n.To)).Select(n => $"{n.From} uses {n.To.DeclaringType}.{n.To.Name}");

        Findings.AssertNone(offences);
    }

    [Fact]
    public void What_is_forbidden_exists_and_is_recognised()
    {
        Assert.All(ForbiddenTypes, name => Assert.Contains(Mentioned, t => t.FullName == name));
        Assert.All(ForbiddenMembers, name => Assert.Contains(Mentioned.SelectMany(t => t.GetMethods()), m => NameOf(m) == name));
        Assert.All(Mentioned.Where(t => ForbiddenTypes.Contains(t.FullName!)), t => Assert.True(IsForbidden(t)));
        Assert.True(IsForbidden(typeof(System.Net.Sockets.Socket)));
        Assert.False(IsForbidden(typeof(MemoryStream)));
    }

    private static readonly Type[] Mentioned =
    [
        typeof(Console), typeof(Environment), typeof(Random), typeof(System.Diagnostics.Process), typeof(System.Diagnostics.Stopwatch),
        typeof(Directory), typeof(DirectoryInfo), typeof(File), typeof(FileInfo), typeof(FileStream), typeof(RandomAccess),
        typeof(System.IO.MemoryMappedFiles.MemoryMappedFile), typeof(Thread), typeof(Timer), typeof(PeriodicTimer),
        typeof(TimeProvider), typeof(DateTime), typeof(DateTimeOffset), typeof(Guid), typeof(Task),
    ];

    private static bool IsForbidden(MemberInfo member) =>
        ForbiddenMembers.Contains(NameOf(member))
        || ReferencedMembers.TypesOf(member).Any(t =>
            ForbiddenTypes.Contains(t.FullName ?? "")
            || t.Namespace is "System.Net" or "System.Data"
            || t.Namespace?.StartsWith("System.Net.", StringComparison.Ordinal) == true);

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType?.FullName}.{member.Name}";
}
