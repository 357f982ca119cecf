/** Where the server under test listens; serve.mjs reads the same. */
export const apiAddress = process.env.OTELIER_API ?? 'http://127.0.0.1:25190';
export const otlpAddress = process.env.OTELIER_OTLP ?? 'http://127.0.0.1:25191';

/** Of the server that outage.spec.ts starts and stops. */
export const outageAddresses = { api: 'http://127.0.0.1:25193', otlpHttp: 'http://127.0.0.1:25194', otlpGrpc: 'http://127.0.0.1:25195' };

/** Where the one that requires a key listens: its API, OTLP over HTTP, OTLP over gRPC. */
export const closedPorts = [25193, 25194, 25195];
