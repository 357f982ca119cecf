import { Download } from 'lucide-react';
import { Button } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { useTimeRange } from '@/components/time/useTimeRange';
import styles from './Logs.module.css';

const formats = [
  { format: 'ndjson', label: 'NDJSON', says: 'a record per line, types kept' },
  { format: 'csv', label: 'CSV', says: 'for spreadsheets' },
] as const;

/** Links to everything the search matches, as of the last refresh. */
export function LogExport({ filter }: { filter: string | undefined }) {
  const { resolved } = useTimeRange();
  const link = (format: string, compression: 'none' | 'gzip') => {
    const query = new URLSearchParams({ signal: 'logs', format, start: String(Math.floor(resolved.from)), end: String(Math.ceil(resolved.to)) });
    if (filter) query.set('q', filter);
    if (compression === 'gzip') query.set('compression', 'gzip');
    return `/api/v1/export?${query}`;
  };
  return (
    <Popover
      label="Export"
      align="end"
      trigger={
        <Button size="s" look="quiet">
          <Download size={14} /> Export
        </Button>
      }
    >
      <div className={styles.export}>
        <p>Every record of this search, whole:</p>
        <ul>
          {formats.map(({ format, label, says }) => (
            <li key={format}>
              <a href={link(format, 'none')} download={`logs.${format}`}>
                {label}
              </a>
              <a href={link(format, 'gzip')} download={`logs.${format}.gz`}>
                gzip
              </a>
              <span className={styles.count}>{says}</span>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
