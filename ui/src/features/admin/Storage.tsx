import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, client } from '@/api/client';
import { Figures } from '@/components/data/figures';
import { SortHead } from '@/components/data/SortHead';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { EmptyState } from '@/components/states/StateViews';
import { formatBytes, formatCount, formatDateTime, formatInteger, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './Admin.module.css';
import { Answer } from './Answer';
import { byDay, type Day, signalColors, signals, type Tables } from './storage';

/** Where the space goes: by signal, by day, by table. */
export function Storage() {
  const tables = useQuery({
    queryKey: ['stats-tables'],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/stats/tables', { signal })),
    placeholderData: keepPreviousData,
  });
  return (
    <Answer query={tables} audience="an admin of the default tenant">
      {(data) => (
        <>
          <Totals data={data} />
          <Card title="By day" end={<Legend />}>
            <Days days={byDay(data)} />
          </Card>
          <TableList data={data} />
          <Card title="Retention">
            <p className={styles.note}>
              <strong>Nothing is deleted yet.</strong> This version keeps everything it has taken until you delete the data directory; there is no setting for it that would be ignored. Watch the days above, and plan
              the disk accordingly.
            </p>
          </Card>
        </>
      )}
    </Answer>
  );
}

function Totals({ data }: { data: Tables }) {
  const sum = (value: (one: Tables['signals'][number]) => number) => data.signals.reduce((total, one) => total + value(one), 0);
  const [compressed, raw] = [sum((one) => one.compressedBytes), sum((one) => one.uncompressedBytes)];
  return (
    <div className={styles.totals}>
      <Figures
        label="Storage"
        figures={[
          { label: 'On disk', value: formatBytes(compressed) },
          { label: 'Before compression', value: formatBytes(raw) },
          { label: 'Compression', value: ratio(compressed > 0 ? raw / compressed : 0) },
          { label: 'Rows', value: formatCount(sum((one) => one.rowCount)) },
          { label: 'Parts', value: formatInteger(sum((one) => one.partCount)), title: 'Pieces the engine has written and not yet merged into larger ones' },
        ]}
      />
      <ul className={styles.signals} aria-label="By signal">
        {[...data.signals].sort((a, b) => signals.indexOf(a.signal) - signals.indexOf(b.signal)).map((one) => (
          <li key={one.signal}>
            <span className={styles.signalName}>
              <span className={styles.swatch} style={{ background: signalColors[one.signal] }} aria-hidden />
              {one.signal}
            </span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ width: `${(100 * one.compressedBytes) / Math.max(1, compressed)}%`, background: signalColors[one.signal] }} />
            </span>
            <span className={styles.amount}>{formatBytes(one.compressedBytes)}</span>
            <span className={styles.amount}>{formatCount(one.rowCount)} rows</span>
            <span className={styles.amount}>{ratio(one.compressionRatio)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Legend() {
  return (
    <ul className={styles.legend} aria-label="Colours">
      {signals.map((signal) => (
        <li key={signal}>
          <span className={styles.swatch} style={{ background: signalColors[signal] }} aria-hidden /> {signal}
        </li>
      ))}
    </ul>
  );
}

/** A bar for each day; the numbers are in its row for those who do not see bars. */
function Days({ days }: { days: Day[] }) {
  const most = days.reduce((max, day) => Math.max(max, day.total), 1);
  if (days.length === 0) return <EmptyState title="Nothing is stored yet" />;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <div className={styles.days} role="region" aria-label="Days" tabIndex={0}>
      <table className={table.table} aria-label="Bytes by day">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">Shares</th>
            <th scope="col">On disk</th>
            <th scope="col">Rows</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day}>
              <td className={styles.day}>{day.day}</td>
              <td className={styles.dayBar}>
                <span className={styles.stack} role="img" aria-label={signals.map((signal) => `${signal} ${formatBytes(day.bytes[signal])}`).join(', ')}>
                  {signals.map((signal) => (
                    <span key={signal} style={{ width: `${(100 * day.bytes[signal]) / most}%`, background: signalColors[signal] }} title={`${signal}: ${formatBytes(day.bytes[signal])}`} />
                  ))}
                </span>
              </td>
              <td className={table.number}>{formatBytes(day.total)}</td>
              <td className={`${table.number} ${table.muted}`}>{formatCount(day.rows)} rows</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sorts: Record<string, (one: Tables['tables'][number]) => number | string> = {
  name: (one) => one.name,
  signal: (one) => one.signal,
  rows: (one) => one.rowCount,
  disk: (one) => one.compressedBytes,
  raw: (one) => one.uncompressedBytes,
  ratio: (one) => one.compressionRatio,
  parts: (one) => one.partCount,
};

function TableList({ data }: { data: Tables }) {
  const { timeZone } = usePreferences();
  const [sort, setSort] = useState('-disk');
  const by = sorts[sort.replace(/^-/, '')]!;
  const order = sort.startsWith('-') ? -1 : 1;
  const rows = [...data.tables].sort((a, b) => (by(a) < by(b) ? -order : by(a) > by(b) ? order : 0));
  const most = rows.reduce((max, one) => Math.max(max, one.compressedBytes), 1);
  const head = (id: string, label: string, align: 'start' | 'end' = 'end') => (
    <SortHead id={id} sort={sort} onSort={setSort} align={align}>
      {label}
    </SortHead>
  );
  const time = (nanos: string | undefined) => (nanos ? formatDateTime(nanosToMillis(nanos), timeZone) : '–');
  return (
    <Card title="By table" flush>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <div className={table.scroller} role="region" aria-label="Tables" tabIndex={0}>
        <table className={table.table} aria-label="Tables">
          <thead>
            <tr>
              {head('name', 'Table', 'start')}
              {head('signal', 'Signal', 'start')}
              {head('rows', 'Rows')}
              <th scope="col">
                <span className="visually-hidden">Share of the largest</span>
              </th>
              {head('disk', 'On disk')}
              {head('raw', 'Before compression')}
              {head('ratio', 'Ratio')}
              {head('parts', 'Parts')}
              <th scope="col">Oldest</th>
              <th scope="col">Newest</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.name}>
                <td>
                  <code>{one.name}</code>
                </td>
                <td className={table.muted}>{one.signal}</td>
                <td className={table.number}>{formatInteger(one.rowCount)}</td>
                <td className={styles.share}>
                  <span className={styles.bar} style={{ width: `${(100 * one.compressedBytes) / most}%`, background: signalColors[one.signal] }} />
                </td>
                <td className={table.number}>{formatBytes(one.compressedBytes)}</td>
                <td className={table.number}>{formatBytes(one.uncompressedBytes)}</td>
                <td className={table.number}>{ratio(one.compressionRatio)}</td>
                <td className={table.number}>{formatInteger(one.partCount)}</td>
                <td className={table.muted}>{time(one.oldestUnixNano)}</td>
                <td className={table.muted}>{time(one.newestUnixNano)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function ratio(value: number): string {
  return value > 0 ? `${formatCount(Math.round(value * 10) / 10)}×` : '–';
}
