namespace Otelier.Server.Ingest;

/// <summary>
/// Takes one Export request and answers when every item that was not rejected is durable. The request's memory is
/// pooled and goes back when the returned task has completed: nothing may look at it afterwards.
/// </summary>
internal delegate ValueTask<IngestResult> IngestDelegate(IngestRequest request, CancellationToken ct);
