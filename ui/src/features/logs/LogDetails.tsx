import { useQuery } from '@tanstack/react-query';
import { Link2, ListTree } from 'lucide-react';
import { useState } from 'react';
import { answer, ApiError, client } from '@/api/client';
import { IconButton } from '@/components/controls/Button';
import { CopyButton } from '@/components/controls/CopyButton';
import { SearchInput } from '@/components/controls/SearchInput';
import { AttributeTable } from '@/components/data/AttributeTable';
import { ServiceBadge, SeverityBadge } from '@/components/data/badges';
import { DetailPanel, Section } from '@/components/data/DetailPanel';
import { StructuredValue } from '@/components/data/StructuredValue';
import { TraceLink } from '@/components/data/TraceLink';
import { type FieldScope, fieldName } from '@/components/filter/fieldName';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import type { AttributeValue } from '@/lib/attributes';
import { copyText } from '@/lib/clipboard';
import { formatInstant, formatInteger, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { type LogRecord, messageOf, structureOf } from './fields';
import { LogContext } from './LogContext';
import { LongText } from './LongText';
import styles from './LogDetails.module.css';

export interface LogDetailsProps {
  id: string;
  /** The record, where the list has it. */
  known: LogRecord | undefined;
  columns: readonly string[];
  onClose: () => void;
  onFilter: (field: string, value: string | number | boolean, negated: boolean) => void;
  onColumn: (field: string) => void;
  onOpen: (id: string) => void;
}

const bodyMax = 4000;

/** One record whole, with what was logged around it. */
export function LogDetails(props: LogDetailsProps) {
  const { id, known, onClose } = props;
  const fetched = useQuery({
    queryKey: ['log', id],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/logs/{id}', { params: { path: { id } }, signal })),
    enabled: known === undefined,
    meta: { constant: true },
  });
  const record = known ?? fetched.data?.log;
  if (record) return <Details {...props} record={record} />;
  const isGone = fetched.error instanceof ApiError && fetched.error.status === 404;
  return (
    <DetailPanel label="Log record" name="log" title={<h2>Log record</h2>} onClose={onClose}>
      {isGone ? (
        <EmptyState title="This record is not here">It may be older than what is kept, or the link is incomplete.</EmptyState>
      ) : fetched.error ? (
        <ErrorState error={fetched.error} onRetry={() => void fetched.refetch()} />
      ) : (
        <SkeletonLines count={9} />
      )}
    </DetailPanel>
  );
}

function Details({ id, record, columns, onClose, onFilter, onColumn, onOpen }: LogDetailsProps & { record: LogRecord }) {
  const { timeZone } = usePreferences();
  const [search, setSearch] = useState('');
  const message = messageOf(record);
  const structure = structureOf(record);
  const filterIn = (scope: FieldScope) => (key: string, value: string | number | boolean, negated: boolean) => onFilter(fieldName(scope, key.slice(scope === 'attributes' ? 0 : scope.length + 1)), value, negated);
  const columnIn = (scope: FieldScope) => (key: string) => {
    const field = fieldName(scope, key.slice(scope === 'attributes' ? 0 : scope.length + 1));
    return columns.includes(field) ? [] : [{ id: 'column', label: 'Show as a column', divided: true, onSelect: () => onColumn(field) }];
  };
  const facts = factsOf(record, timeZone);
  return (
    <DetailPanel
      label="Log record"
      name="log"
      onClose={onClose}
      title={
        <div className={styles.title}>
          <SeverityBadge severityNumber={record.severityNumber} severityText={record.severityText} />
          <ServiceBadge name={record.serviceName} />
          <time className={styles.time}>{formatInstant(record.timestampUnixNano, timeZone)}</time>
        </div>
      }
      actions={
        <>
          {record.id !== undefined && (
            <IconButton label="Copy a link to this record" size="s" onClick={() => void copyText(location.href)}>
              <Link2 size={14} />
            </IconButton>
          )}
          <CopyButton label="Copy as JSON" text={JSON.stringify(record, null, 2)} />
        </>
      }
    >
      <div className={styles.body}>
        {structure !== undefined ? <StructuredValue value={structure} /> : message ? <LongText key={id} text={message} charactersMax={bodyMax} /> : <em>no body</em>}
        <span className={styles.bodyTools}>
          <CopyButton label="Copy the message" text={message} />
        </span>
      </div>
      {record.traceId && (
        <p className={styles.trace}>
          <TraceLink traceId={record.traceId} spanId={record.spanId}>
            <ListTree size={14} aria-hidden /> {record.spanId ? 'Open the span in its trace' : 'Open the trace'}
          </TraceLink>
          <button type="button" className={styles.link} onClick={() => onFilter('traceId', record.traceId!, false)}>
            Logs of this trace
          </button>
        </p>
      )}
      <div className={styles.search}>
        <SearchInput label="Find an attribute" placeholder="Find an attribute" value={search} onChange={setSearch} />
      </div>
      <Section title="Attributes" count={Object.keys(record.attributes).length}>
        <AttributeTable attributes={record.attributes} search={search} droppedCount={record.droppedAttributesCount} onFilter={filterIn('attributes')} actions={columnIn('attributes')} />
      </Section>
      <Section title="Resource" count={Object.keys(record.resource.attributes).length}>
        <AttributeTable attributes={record.resource.attributes} scope="resource." search={search} droppedCount={record.resource.droppedAttributesCount} onFilter={filterIn('resource')} actions={columnIn('resource')} />
      </Section>
      <Section title="Record" open={false}>
        <AttributeTable attributes={facts} search={search} onFilter={(field, value, negated) => recordFields.has(field) && onFilter(field, value, negated)} />
      </Section>
      {record.id !== undefined && (
        <Section title="Around it">
          <LogContext id={record.id} at={nanosToMillis(record.timestampUnixNano)} onOpen={onOpen} />
        </Section>
      )}
    </DetailPanel>
  );
}

const recordFields = new Set(['severity', 'severityText', 'eventName', 'traceId', 'spanId', 'scope.name', 'scope.version', 'service.name']);

/** The fields of the record that are no attributes, by their names in filters. */
function factsOf(record: LogRecord, zone: 'local' | 'utc'): Record<string, AttributeValue> {
  const facts: Record<string, AttributeValue | undefined> = {
    severity: record.severityNumber,
    severityText: record.severityText,
    eventName: record.eventName,
    traceId: record.traceId,
    spanId: record.spanId,
    'scope.name': record.scope.name,
    'scope.version': record.scope.version,
    'sent time': record.timeUnixNano && formatInstant(record.timeUnixNano, zone),
    'observed time': record.observedTimeUnixNano && formatInstant(record.observedTimeUnixNano, zone),
    flags: record.flags,
    'body length': typeof record.body === 'string' ? formatInteger(record.body.length) : undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, AttributeValue] => fact[1] !== undefined && fact[1] !== ''));
}
