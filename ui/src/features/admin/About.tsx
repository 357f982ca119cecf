import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BookOpen, CircleAlert, CircleCheck } from 'lucide-react';
import { answer, client, type Schema } from '@/api/client';
import { useHealth } from '@/api/health';
import { Card } from '@/components/layout/Page';
import { formatAgo, formatDateTime, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { useAsOf } from '@/lib/refresh';
import styles from './Admin.module.css';
import { Answer } from './Answer';

/** What this server is, and whether it is well. */
export function About({ caller }: { caller: Schema<'Caller'> | undefined }) {
  const { timeZone } = usePreferences();
  const now = useAsOf();
  const health = useHealth();
  const about = useQuery({ queryKey: ['about'], queryFn: ({ signal }) => answer(client.GET('/api/v1/about', { signal })) });
  return (
    <div className={styles.halves}>
      <Card title="About">
        <Answer query={about} audience="everybody">
          {(data) => {
            const start = nanosToMillis(data.startTimeUnixNano);
            return (
              <dl className={styles.facts}>
                <Fact name="Version">{data.version}</Fact>
                <Fact name="Store">{data.store === 'chdb' ? 'chDB, the engine of ClickHouse within the process' : 'ClickHouse'}</Fact>
                <Fact name="Running since">
                  {formatDateTime(start, timeZone)}, {formatAgo(start, now)}
                </Fact>
                <Fact name="Authentication">{data.authentication === 'none' ? 'None: whoever reaches it may do everything' : 'A key is required'}</Fact>
                {caller && (
                  <Fact name="You">
                    {caller.role} of {caller.tenant}
                    {caller.keyName && ` with the key ${caller.keyName}`}
                  </Fact>
                )}
              </dl>
            );
          }}
        </Answer>
        <nav className={styles.links} aria-label="Documents">
          <Link to="/docs">
            <BookOpen size={14} aria-hidden /> The API, to read and to try
          </Link>
          <a href="/openapi/v1.json" target="_blank" rel="noreferrer">
            The document itself (OpenAPI)
          </a>
          <a href="/metrics" target="_blank" rel="noreferrer">
            The server’s own metrics (Prometheus)
          </a>
        </nav>
      </Card>
      <Card title="Health">
        {health?.state === 'ok' ? (
          <p className={styles.health} data-state="ok">
            <CircleCheck size={16} aria-hidden /> Well: telemetry is taken and found.
          </p>
        ) : health ? (
          <>
            <p className={styles.health} data-state="failing">
              <CircleAlert size={16} aria-hidden /> {health.state === 'away' ? 'The server does not answer.' : 'Something is not well.'}
            </p>
            <ul>
              {health.messages.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </>
        ) : (
          <p className={styles.note}>Asking …</p>
        )}
        <p className={styles.note}>
          Asked every fifteen seconds at <code>/health/ready</code>; <code>/health/live</code> says only that the process runs.
        </p>
      </Card>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
