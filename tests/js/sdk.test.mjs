import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter as LogsGrpc } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as LogsJson } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as LogsProto } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as MetricsGrpc } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as MetricsJson } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as MetricsProto } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as TracesGrpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as TracesJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesProto } from '@opentelemetry/exporter-trace-otlp-proto';
import { JsonLogsSerializer, JsonMetricsSerializer, JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { lines } from './canonical.mjs';
import { startServer, until } from './server.mjs';

let server;
before(async () => (server = await startServer()));
after(async () => await server?.stop());

const protocols = {
  grpc: { traces: () => new TracesGrpc({ url: server.grpc }), logs: () => new LogsGrpc({ url: server.grpc }), metrics: () => new MetricsGrpc({ url: server.grpc }) },
  protobuf: {
    traces: () => new TracesProto({ url: `${server.http}/v1/traces` }),
    logs: () => new LogsProto({ url: `${server.http}/v1/logs` }),
    metrics: () => new MetricsProto({ url: `${server.http}/v1/metrics`, compression: 'gzip' }),
  },
  json: {
    traces: () => new TracesJson({ url: `${server.http}/v1/traces` }),
    logs: () => new LogsJson({ url: `${server.http}/v1/logs` }),
    metrics: () => new MetricsJson({ url: `${server.http}/v1/metrics` }),
  },
};

/** An exporter that also keeps, as OTLP/JSON, what the SDK gave it. */
function tee(exporter, serializer, sent) {
  return new Proxy(exporter, {
    get(target, name) {
      if (name === 'export') {
        return (data, done) => {
          sent.push(JSON.parse(new TextDecoder().decode(serializer.serializeRequest(data))));
          target.export(data, (result) => {
            assert.equal(result.code, 0, result.error?.message);
            done(result);
          });
        };
      }
      const value = target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const resourceOf = (service) => resourceFromAttributes({ 'service.name': service, 'service.instance.id': 'js-1', 'process.pid': process.pid, 'os.flags': ['a', 'b'] });

for (const [protocol, exporters] of Object.entries(protocols)) {
  test(`spans sent by ${protocol} come back equal`, async () => {
    const sent = [];
    const provider = new BasicTracerProvider({
      resource: resourceOf(`js-traces-${protocol}`),
      spanProcessors: [new BatchSpanProcessor(tee(exporters.traces(), JsonTraceSerializer, sent))],
    });
    const tracer = provider.getTracer('js-test', '1.2.3', { schemaUrl: 'https://opentelemetry.io/schemas/1.30.0' });
    const root = tracer.startSpan('GET /cart', {
      kind: SpanKind.SERVER,
      attributes: { text: 'größe 🙂', int: 42, negative: -7, double: 0.25, yes: true, no: false, list: ['a', 'b'], numbers: [1, 2.5], empty: '' },
      links: [{ context: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: TraceFlags.SAMPLED }, attributes: { why: 'batch' } }],
    });
    const child = tracer.startSpan('SELECT cart', { kind: SpanKind.CLIENT }, trace.setSpan(ROOT_CONTEXT, root));
    child.addEvent('retry', { attempt: 2 });
    child.recordException(new Error('connection reset'));
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'connection reset' });
    child.end();
    root.end();
    await provider.forceFlush();
    await provider.shutdown();

    const traceId = root.spanContext().traceId;
    const expected = lines(sent);
    assert.equal(expected.length, 2);
    const answer = await until('the trace', async () => {
      const found = await server.get(`/api/v1/traces/${traceId}?format=otlp`);
      return found && lines([found]).length === expected.length && found;
    });
    assert.deepEqual(lines([answer]), expected);

    const plain = await server.get(`/api/v1/traces/${traceId}`);
    assert.equal(plain.spans.length, 2);
    const rootSpan = plain.spans.find((span) => span.name === 'GET /cart');
    assert.equal(rootSpan.attributes.int, 42);
    assert.equal(rootSpan.attributes.text, 'größe 🙂');
  });

  test(`log records sent by ${protocol} come back equal`, async () => {
    const sent = [];
    const service = `js-logs-${protocol}`;
    const provider = new LoggerProvider({
      resource: resourceOf(service),
      processors: [new BatchLogRecordProcessor({ exporter: tee(exporters.logs(), JsonLogsSerializer, sent) })],
    });
    const logger = provider.getLogger('js-test', '1.2.3');
    logger.emit({ severityNumber: SeverityNumber.WARN, severityText: 'WARN', body: 'cart is nearly full', attributes: { 'cart.items': 99, nested: { a: [1, 'two', null] } } });
    logger.emit({ severityNumber: SeverityNumber.ERROR, severityText: 'ERROR', body: { message: 'payment failed', code: 402, parts: ['x', 1.5] }, eventName: 'payment.failed' });
    logger.emit({ body: '' });
    await provider.forceFlush();
    await provider.shutdown();

    const expected = lines(sent);
    assert.equal(expected.length, 3);
    const answer = await until('the records', async () => {
      const found = await server.get(`/api/v1/logs?service=${service}&start=-15m&format=otlp`);
      return found && lines([found]).length === expected.length && found;
    });
    assert.deepEqual(lines([answer]), expected);
  });

  test(`metric points sent by ${protocol} come back equal`, async () => {
    const sent = [];
    const prefix = `js.${protocol}`;
    const provider = new MeterProvider({
      resource: resourceOf(`js-metrics-${protocol}`),
      readers: [new PeriodicExportingMetricReader({ exporter: tee(exporters.metrics(), JsonMetricsSerializer, sent), exportIntervalMillis: 3_600_000 })],
      views: [{ instrumentName: `${prefix}.exponential`, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    });
    const meter = provider.getMeter('js-test', '1.2.3');
    const counter = meter.createCounter(`${prefix}.orders`, { unit: '{order}', description: 'Orders placed.' });
    counter.add(3, { shop: 'a' });
    counter.add(4, { shop: 'b', vip: true });
    meter.createUpDownCounter(`${prefix}.queue`).add(-2.5);
    const histogram = meter.createHistogram(`${prefix}.latency`, { unit: 's' });
    for (const value of [0.001, 0.2, 7, 12000]) histogram.record(value, { route: '/cart' });
    const exponential = meter.createHistogram(`${prefix}.exponential`);
    for (const value of [0, 0.5, 3, 1e9]) exponential.record(value);
    meter.createObservableGauge(`${prefix}.temperature`).addCallback((result) => result.observe(21.5, { room: 1 }));
    await provider.forceFlush();
    await provider.shutdown();

    const names = ['orders', 'queue', 'latency', 'exponential', 'temperature'].map((name) => `${prefix}.${name}`);
    // Shutting down exports once more; the first export of a cumulative series is enough to compare.
    const expected = lines(sent, (item) => names.includes(item.name));
    assert.ok(expected.length >= 6);
    const answers = await until('the points', async () => {
      const found = await Promise.all(names.map((name) => server.get(`/api/v1/metrics/${encodeURIComponent(name)}?start=-15m&format=otlp`)));
      return found.every(Boolean) && lines(found).length === expected.length && found;
    });
    assert.deepEqual(lines(answers), expected);
  });
}
