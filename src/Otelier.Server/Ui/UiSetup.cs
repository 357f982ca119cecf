namespace Otelier.Server.Ui;

/// <summary>Joins the interface to the host.</summary>
internal static class UiSetup
{
    /// <summary>Beside the program, where the build puts it.</summary>
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "ui");

    public static void UseUi(this WebApplication app) => app.UseUi(Directory);

    /// <summary>Comes after routing: what has a route is not a page.</summary>
    public static void UseUi(this IApplicationBuilder app, string directory)
    {
        var pages = new UiPages(UiFiles.Load(directory));
        app.Use(next => context => pages.InvokeAsync(context, next));
    }
}
