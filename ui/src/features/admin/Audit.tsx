import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';
import { Button } from '@/components/controls/Button';
import table from '@/components/data/Table.module.css';
import { Card } from '@/components/layout/Page';
import { EmptyState } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDateTime, formatInstant, nanosToMillis } from '@/lib/format';
import { usePreferences } from '@/lib/preferences';
import styles from './Admin.module.css';
import { Answer } from './Answer';

const pageSize = 100;
const pagesMax = 20;

/** Who did what, newest first, over the page's range. */
export function Audit() {
  const { range } = useTimeRange();
  const { timeZone } = usePreferences();
  const audit = useInfiniteQuery({
    queryKey: ['audit', range],
    queryFn: ({ pageParam, signal }) => answer(client.GET('/api/v1/audit', { params: { query: { ...range, limit: pageSize, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  return (
    <Card title="Acts of administration" flush>
      <Answer query={audit} audience="an admin">
        {({ pages }) => {
          const entries = pages.flatMap((page) => page.entries);
          if (entries.length === 0) return <EmptyState title="Nothing was done in this time">Keys and tenants that are made, changed or removed are noted here, and requests that were refused.</EmptyState>;
          return (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
            <div className={table.scroller} role="region" aria-label="Audit log" tabIndex={0}>
              <table className={table.table} aria-label="Audit log">
                <thead>
                  <tr>
                    {['Time', 'Act', 'On', 'Outcome', 'By', 'Tenant', 'From'].map((head) => (
                      <th key={head} scope="col">
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {entries.map((entry) => (
                    <tr key={entry.id}>
                      <td className={table.muted} title={formatInstant(entry.timeUnixNano, timeZone)}>
                        {formatDateTime(nanosToMillis(entry.timeUnixNano), timeZone)}
                      </td>
                      <td>
                        <code>{entry.action}</code>
                      </td>
                      <td className={table.clip} title={entry.target}>
                        {entry.target}
                      </td>
                      <td>
                        <span className={styles.state} data-state={entry.outcome === 'ok' ? 'active' : 'refused'}>
                          {entry.outcome === 'ok' ? 'done' : 'refused'}
                        </span>
                      </td>
                      <td title={entry.actorId}>{entry.actorName || 'anybody'}</td>
                      <td className={table.muted}>{entry.actorTenant}</td>
                      <td className={table.muted}>{entry.remoteAddress}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {audit.hasNextPage && pages.length < pagesMax && (
                <Button look="quiet" className={styles.more} disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
                  Earlier ones
                </Button>
              )}
              {audit.hasNextPage && pages.length >= pagesMax && <p className={styles.more}>There is more: narrow the range.</p>}
            </div>
          );
        }}
      </Answer>
    </Card>
  );
}
