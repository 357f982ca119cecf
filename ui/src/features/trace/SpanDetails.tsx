import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { CopyButton } from '@/components/controls/CopyButton';
import { SearchInput } from '@/components/controls/SearchInput';
import { AttributeTable } from '@/components/data/AttributeTable';
import { ServiceBadge, StatusBadge } from '@/components/data/badges';
import { DetailPanel, Section } from '@/components/data/DetailPanel';
import { narrow } from '@/components/filter/language';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { formatDuration, formatInstant, nanosBetween } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './SpanDetails.module.css';
import { SpanEvents } from './SpanEvents';

type Span = Schema<'Span'>;

interface SpanDetailsProps {
  traceId: string;
  spanId: string;
  traceStart: string | undefined;
  onClose: () => void;
  onOpen: (spanId: string) => void;
}

/** Everything there is to know of one span. */
export function SpanDetails({ traceId, spanId, traceStart, onClose, onOpen }: SpanDetailsProps) {
  const span = useQuery({
    queryKey: ['span', traceId, spanId],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/traces/{traceId}/spans/{spanId}', { params: { path: { traceId, spanId } }, signal })),
    meta: { constant: true },
  });
  return (
    <DetailPanel label="Span" name="span" title={span.data ? <Title span={span.data} /> : 'Span'} onClose={onClose}>
      {span.error ? <ErrorState error={span.error} onRetry={() => void span.refetch()} /> : span.data ? <Details span={span.data} traceStart={traceStart} onOpen={onOpen} /> : <SkeletonLines count={12} />}
    </DetailPanel>
  );
}

function Title({ span }: { span: Span }) {
  return (
    <>
      <ServiceBadge name={span.serviceName} muted />
      <h2 className={styles.name}>{span.name}</h2>
    </>
  );
}

function Details({ span, traceStart, onOpen }: { span: Span; traceStart: string | undefined; onOpen: (spanId: string) => void }) {
  const { timeZone } = usePreferences();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const onFilter = (field: string, value: string | number | boolean, negated: boolean) =>
    void navigate({ to: '/traces', search: { q: narrow(undefined, field, value, negated) } });
  const events = [...span.events].sort((a, b) => nanosBetween(b.timeUnixNano, a.timeUnixNano));
  const counts = { attributes: Object.keys(span.attributes).length, resource: Object.keys(span.resource.attributes ?? {}).length };
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Duration">
          <strong>{formatDuration(span.durationNanos)}</strong>
        </Fact>
        <Fact name="Start">
          {formatInstant(span.startTimeUnixNano, timeZone)}
          {traceStart && <span className={styles.faint}> +{formatDuration(nanosBetween(traceStart, span.startTimeUnixNano))}</span>}
        </Fact>
        <Fact name="Kind">{span.kind}</Fact>
        {span.status.code !== 'unset' && (
          <Fact name="Status">
            <StatusBadge code={span.status.code} /> {span.status.message}
          </Fact>
        )}
        <Fact name="Span">
          <code>{span.spanId}</code>
          <CopyButton text={span.spanId} label="Copy the span id" />
          <CopyButton text={location.href} label="Copy a link to this span" icon={<Link2 size={13} />} />
        </Fact>
        {span.parentSpanId && (
          <Fact name="Parent">
            <button type="button" className={styles.link} onClick={() => onOpen(span.parentSpanId!)}>
              <code>{span.parentSpanId}</code>
            </button>
          </Fact>
        )}
        {span.traceState && <Fact name="Trace state">{span.traceState}</Fact>}
      </dl>
      {events.length > 0 && (
        <Section title="Events" count={events.length}>
          <SpanEvents events={events} spanStart={span.startTimeUnixNano} onFilter={onFilter} />
          {span.droppedEventsCount ? <p className={styles.faint}>{span.droppedEventsCount} more were dropped by the sender.</p> : null}
        </Section>
      )}
      <div className={styles.search}>
        <SearchInput label="Search in the attributes" placeholder="Search in the attributes" value={search} onChange={setSearch} />
      </div>
      <Section title="Attributes" count={counts.attributes}>
        <AttributeTable attributes={span.attributes} search={search} droppedCount={span.droppedAttributesCount} onFilter={onFilter} />
      </Section>
      <Section title="Resource" count={counts.resource}>
        <AttributeTable attributes={span.resource.attributes ?? {}} scope="resource." search={search} onFilter={onFilter} />
      </Section>
      {span.links.length > 0 && (
        <Section title="Links" count={span.links.length}>
          <ul className={styles.links}>
            {span.links.map((link, index) => (
              <li key={index}>
                <Link to="/traces/$traceId" params={{ traceId: link.traceId }} search={{ span: link.spanId }}>
                  <code>
                    {link.traceId.slice(0, 8)}… / {link.spanId}
                  </code>
                </Link>
                <AttributeTable attributes={link.attributes} scope="links." droppedCount={link.droppedAttributesCount} onFilter={onFilter} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Scope" open={false}>
        <dl className={styles.facts}>
          <Fact name="Name">{span.scope.name || '–'}</Fact>
          {span.scope.version && <Fact name="Version">{span.scope.version}</Fact>}
        </dl>
        {Object.keys(span.scope.attributes ?? {}).length > 0 && <AttributeTable attributes={span.scope.attributes ?? {}} scope="scope." />}
      </Section>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
