/** Where the server under test listens; serve.mjs reads the same. */
export const apiAddress = process.env.OTELIER_API ?? 'http://127.0.0.1:25190';
export const otlpAddress = process.env.OTELIER_OTLP ?? 'http://127.0.0.1:25191';

/** Where the one that requires a key listens: its API, OTLP over HTTP, OTLP over gRPC. */
export const closedPorts = [25193, 25194, 25195];
