using System.Collections.Concurrent;

namespace Otelier.Server.Auth;

/// <summary>A bucket for each of many, of which there are never more than <paramref name="countMax"/>: those beyond share one.</summary>
internal sealed class RateBuckets<TKey>(double perSecond, double capacity, int countMax, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, RateBucket> _buckets = new();
    private readonly RateBucket _shared = new(perSecond, capacity, time);

    public RateBucket Of(TKey key)
    {
        if (_buckets.TryGetValue(key, out var known))
            return known;
        if (_buckets.Count >= countMax)
        {
            foreach (var idle in _buckets.Where(bucket => bucket.Value.IsFull))
                _buckets.TryRemove(idle);
        }

        return _buckets.Count >= countMax ? _shared : _buckets.GetOrAdd(key, _ => new RateBucket(perSecond, capacity, time));
    }
}
