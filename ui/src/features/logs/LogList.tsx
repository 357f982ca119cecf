import { useMemo, useState } from 'react';
import { ServiceBadge, SeverityBadge } from '@/components/data/badges';
import type { PagedRows } from '@/components/data/usePagedRows';
import { type Column, VirtualTable } from '@/components/data/VirtualTable';
import { useTimeRange } from '@/components/time/useTimeRange';
import { flatText, lineText } from '@/lib/attributes';
import { severityOf } from '@/lib/color';
import { formatClock, formatDateTime, formatInstant, formatInteger, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import { fieldValue, keyOf, type LogRecord } from './fields';
import { LogMessage } from './LogMessage';
import styles from './Logs.module.css';

export interface LogListProps {
  paged: PagedRows<LogRecord>;
  columns: readonly string[];
  wrap: boolean;
  /** The record whose details are open. */
  openKey: string | undefined;
  onOpen: (record: LogRecord) => void;
}

const rowHeight = 26;
const cellMax = 300;
const clockMillisMax = 12 * 3_600_000;

/** The records, newest first: time, severity, the chosen fields, the message. */
export function LogList({ paged, columns, wrap, openKey, onOpen }: LogListProps) {
  const { timeZone } = usePreferences();
  const { resolved } = useTimeRange();
  // Within half a day the clock alone says which of them it was.
  const isShort = resolved.to - resolved.from <= clockMillisMax;
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const shown = useMemo<Column<LogRecord>[]>(() => {
    const toggle = (key: string) =>
      setExpanded((previous) => {
        const next = new Set(previous);
        if (!next.delete(key)) next.add(key);
        return next;
      });
    return [
      {
        id: 'time',
        header: 'Time',
        width: isShort ? '96px' : '158px',
        render: (record) => (
          <time className={styles.time} title={formatInstant(record.timestampUnixNano, timeZone)}>
            {(isShort ? formatClock : formatDateTime)(nanosToMillis(record.timestampUnixNano), timeZone, 3)}
          </time>
        ),
      },
      { id: 'severity', header: 'Severity', width: '68px', render: (record) => <SeverityBadge severityNumber={record.severityNumber} severityText={record.severityText} /> },
      ...columns.map<Column<LogRecord>>((field) => ({
        id: `field ${field}`,
        header: <span title={field}>{field === 'service.name' ? 'Service' : field}</span>,
        width: field === 'service.name' ? 'minmax(96px, 150px)' : 'minmax(90px, 200px)',
        render: (record) => <Cell record={record} field={field} />,
      })),
      {
        id: 'message',
        header: <span className={styles.messageHead}>Message</span>,
        width: 'minmax(340px, 1fr)',
        render: (record) => <LogMessage record={record} wrap={wrap} isOpen={expanded.has(keyOf(record))} onToggle={() => toggle(keyOf(record))} />,
      },
    ];
  }, [columns, timeZone, wrap, expanded, isShort]);
  const [selected, setSelected] = useState(-1);
  return (
    <VirtualTable
      label="Log records"
      columns={shown}
      rowCount={paged.rowCount}
      getRow={paged.getRow}
      rowHeight={rowHeight}
      measured={wrap || expanded.size > 0}
      onVisibleRange={paged.onVisibleRange}
      rowTone={toneOf}
      selected={selected}
      onSelect={(index) => {
        setSelected(index);
        // With the details open, moving along the list reads on in them.
        const record = paged.getRow(index);
        if (openKey !== undefined && record) onOpen(record);
      }}
      onOpen={onOpen}
      footer={paged.hasMore ? 'Loading more …' : `The end: ${formatInteger(paged.rowCount)} records`}
    />
  );
}

function toneOf(record: LogRecord): 'error' | 'warn' | undefined {
  const severity = severityOf(record.severityNumber);
  return severity === 'error' || severity === 'fatal' ? 'error' : severity === 'warn' ? 'warn' : undefined;
}

function Cell({ record, field }: { record: LogRecord; field: string }) {
  const { timeZone } = usePreferences();
  const value = fieldValue(record, field, timeZone);
  if (field === 'service.name') return <ServiceBadge name={record.serviceName} />;
  if (value === undefined || value === null) return <span className={styles.nothing}>–</span>;
  const text = lineText(flatText(value), cellMax);
  return (
    <bdi className={styles.field} title={text}>
      {text}
    </bdi>
  );
}
