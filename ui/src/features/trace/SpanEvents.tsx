import { CircleAlert, Diamond } from 'lucide-react';
import type { Schema } from '@/api/client';
import { CopyButton } from '@/components/controls/CopyButton';
import { AttributeTable, type AttributeTableProps } from '@/components/data/AttributeTable';
import { formatDuration, nanosBetween } from '@/lib/format';
import styles from './SpanEvents.module.css';

type SpanEvent = Schema<'SpanEvent'>;

interface SpanEventsProps {
  events: readonly SpanEvent[];
  spanStart: string;
  onFilter: AttributeTableProps['onFilter'];
}

const exceptionName = 'exception';
const exceptionKeys = ['exception.type', 'exception.message', 'exception.stacktrace'];

export function SpanEvents({ events, spanStart, onFilter }: SpanEventsProps) {
  return (
    <ol className={styles.events}>
      {events.map((event, index) => (
        <li key={index} className={styles.event}>
          <div className={styles.head}>
            {event.name === exceptionName ? <CircleAlert size={14} className={styles.error} aria-hidden /> : <Diamond size={12} aria-hidden />}
            <span className={styles.name}>{event.name === exceptionName ? text(event, 'exception.type') || 'Exception' : event.name}</span>
            <span className={styles.time}>+{formatDuration(nanosBetween(spanStart, event.timeUnixNano))}</span>
          </div>
          {event.name === exceptionName ? <Exception event={event} onFilter={onFilter} /> : <Attributes event={event} onFilter={onFilter} />}
        </li>
      ))}
    </ol>
  );
}

function Exception({ event, onFilter }: { event: SpanEvent; onFilter: AttributeTableProps['onFilter'] }) {
  const stack = text(event, 'exception.stacktrace');
  const others = Object.fromEntries(Object.entries(event.attributes).filter(([name]) => !exceptionKeys.includes(name)));
  return (
    <>
      <p className={styles.message}>{text(event, 'exception.message')}</p>
      {stack && (
        <div className={styles.stack}>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
          <pre tabIndex={0} role="region" aria-label="Stack trace">
            {stack}
          </pre>
          <CopyButton text={stack} label="Copy the stack trace" />
        </div>
      )}
      <Attributes event={{ ...event, attributes: others }} onFilter={onFilter} />
    </>
  );
}

function Attributes({ event, onFilter }: { event: SpanEvent; onFilter: AttributeTableProps['onFilter'] }) {
  if (Object.keys(event.attributes).length === 0 && !event.droppedAttributesCount) return null;
  return <AttributeTable attributes={event.attributes} scope="events." droppedCount={event.droppedAttributesCount} onFilter={onFilter} />;
}

function text(event: SpanEvent, name: string): string {
  const value = event.attributes[name];
  return value === undefined || value === null ? '' : String(value);
}
