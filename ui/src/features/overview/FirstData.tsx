import { Radio } from 'lucide-react';
import { useState } from 'react';
import { CopyButton } from '@/components/controls/CopyButton';
import { Tabs } from '@/components/controls/Tabs';
import { Card } from '@/components/layout/Page';
import styles from './FirstData.module.css';

// The receivers listen where the pages come from, on the ports of the protocol.
const host = location.hostname;
const grpc = `http://${host}:4317`;
const http = `http://${host}:4318`;

const ways = [
  { id: 'demo', label: 'Demo', text: 'A made-up web shop sends traces, logs and metrics until Ctrl-C. Something is wrong with its checkouts.', code: './otelier demo' },
  {
    id: 'environment',
    label: 'Any SDK',
    text: 'Every OpenTelemetry SDK reads these, whatever its language.',
    code: `export OTEL_SERVICE_NAME=my-service\nexport OTEL_EXPORTER_OTLP_ENDPOINT=${grpc}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=grpc`,
  },
  {
    id: 'dotnet',
    label: '.NET',
    text: 'With OpenTelemetry.Extensions.Hosting and OpenTelemetry.Exporter.OpenTelemetryProtocol.',
    code: `builder.Services.AddOpenTelemetry()\n    .ConfigureResource(resource => resource.AddService("my-service"))\n    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())\n    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation())\n    .WithLogging()\n    .UseOtlpExporter(OtlpExportProtocol.Grpc, new Uri("${grpc}"));`,
  },
  {
    id: 'java',
    label: 'Java',
    text: 'With the agent, nothing in the code changes.',
    code: `java -javaagent:opentelemetry-javaagent.jar \\\n  -Dotel.service.name=my-service \\\n  -Dotel.exporter.otlp.endpoint=${http} \\\n  -jar my-service.jar`,
  },
  {
    id: 'python',
    label: 'Python',
    text: 'With opentelemetry-distro and opentelemetry-exporter-otlp.',
    code: `OTEL_SERVICE_NAME=my-service \\\nOTEL_EXPORTER_OTLP_ENDPOINT=${http} \\\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf \\\nopentelemetry-instrument python app.py`,
  },
  {
    id: 'node',
    label: 'Node.js',
    text: 'With @opentelemetry/auto-instrumentations-node.',
    code: `OTEL_SERVICE_NAME=my-service \\\nOTEL_EXPORTER_OTLP_ENDPOINT=${http} \\\nnode --require @opentelemetry/auto-instrumentations-node/register app.js`,
  },
  {
    id: 'collector',
    label: 'Collector',
    text: 'Beside what it exports already.',
    code: `exporters:\n  otlp/otelier:\n    endpoint: ${host}:4317\n    tls: { insecure: true }\n\nservice:\n  pipelines:\n    traces: { receivers: [otlp], exporters: [otlp/otelier] }\n    metrics: { receivers: [otlp], exporters: [otlp/otelier] }\n    logs: { receivers: [otlp], exporters: [otlp/otelier] }`,
  },
] as const;

/** Nothing has arrived yet, or not in this time: how to send something. */
export function FirstData() {
  const [way, setWay] = useState<(typeof ways)[number]['id']>('demo');
  const shown = ways.find((one) => one.id === way)!;
  return (
    <div className={styles.page}>
      <div className={styles.waiting} role="status">
        <Radio size={20} className={styles.pulse} aria-hidden />
        <div>
          <h2>Nothing in this time range yet</h2>
          <p>Send something, and it appears here by itself within a few seconds. Or look at a longer range.</p>
        </div>
      </div>
      <Card>
        <Tabs label="Ways to send telemetry" tabs={ways} value={way} onChange={setWay}>
          <p className={styles.text}>{shown.text}</p>
          <div className={styles.code}>
            <pre>{shown.code}</pre>
            <CopyButton text={shown.code} />
          </div>
        </Tabs>
      </Card>
      <dl className={styles.receivers}>
        <div>
          <dt>OTLP/gRPC</dt>
          <dd>
            <code>{grpc}</code> <CopyButton text={grpc} label="Copy the gRPC endpoint" />
          </dd>
        </div>
        <div>
          <dt>OTLP/HTTP, protobuf or JSON</dt>
          <dd>
            <code>{http}</code> <CopyButton text={http} label="Copy the HTTP endpoint" />
          </dd>
        </div>
      </dl>
    </div>
  );
}
