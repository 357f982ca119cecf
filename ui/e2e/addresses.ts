/** Where the server under test listens; serve.mjs reads the same. */
export const apiAddress = process.env.OTELIER_API ?? 'http://127.0.0.1:25190';
export const otlpAddress = process.env.OTELIER_OTLP ?? 'http://127.0.0.1:25191';
