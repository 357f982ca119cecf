using System.Security.Cryptography;
using Otelier.Storage;

namespace Otelier.Server.Http;

/// <summary>What the query API's features share.</summary>
internal static class QuerySetup
{
    /// <param name="services">The host's services.</param>
    /// <param name="directory">Where the key of the cursors is kept; <see cref="StoreOptions.InMemory"/> for a key that ends with the process.</param>
    public static void AddQueries(this IServiceCollection services, string directory)
    {
        var key = directory == StoreOptions.InMemory ? RandomNumberGenerator.GetBytes(CursorCodec.KeySize) : CursorCodec.LoadOrCreateKey(directory);
        services.AddSingleton(new CursorCodec(key));
        services.AddSingleton<TenantAccessor>();
    }
}
