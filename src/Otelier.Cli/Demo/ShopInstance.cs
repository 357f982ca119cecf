using Otelier.Cli.Otlp;

namespace Otelier.Cli.Demo;

/// <summary>One running pod of one version of one service: what a resource describes.</summary>
internal sealed class ShopInstance
{
    public ShopInstance(string service, string version, string language, string sdkVersion, int pod, string instanceId)
    {
        Service = service;
        Version = version;
        InstanceId = instanceId;
        var replicaSet = $"{ReplicaSetHash(service, version):x8}"[..8];
        Resource = new Resource(new AttributeList
        {
            { "service.name", service },
            { "service.namespace", "shop" },
            { "service.version", version },
            { "service.instance.id", instanceId },
            { "deployment.environment.name", "production" },
            { "telemetry.sdk.name", "opentelemetry" },
            { "telemetry.sdk.language", language },
            { "telemetry.sdk.version", sdkVersion },
            { "host.name", $"node-{(pod % 3) + 1}" },
            { "k8s.cluster.name", "shop-eu" },
            { "k8s.namespace.name", "shop" },
            { "k8s.node.name", $"node-{(pod % 3) + 1}" },
            { "k8s.deployment.name", service },
            { "k8s.pod.name", $"{service}-{replicaSet}-{(char)('a' + pod)}{instanceId[..4]}" },
            { "k8s.container.name", service },
            { "cloud.region", "eu-central-1" },
        });
        Scope = new Scope($"shop/{service}", version);
    }

    public string Service { get; }

    public string Version { get; }

    public string InstanceId { get; }

    public Resource Resource { get; }

    public Scope Scope { get; }

    public string PodName => Resource.Attributes.FindText("k8s.pod.name")!;

    // A replica set's hash is the same for all pods of one version.
    private static uint ReplicaSetHash(string service, string version)
    {
        var hash = 2166136261u;
        foreach (var c in service + version)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
