import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { ApiError } from '@/api/client';
import { authorizedFetch } from '@/api/session';
import { Button } from '@/components/controls/Button';
import { CopyButton } from '@/components/controls/CopyButton';
import { ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { download } from '@/lib/clipboard';
import { formatBytes } from '@/lib/format';
import styles from './RawTrace.module.css';

const shownMax = 400_000;

/** The trace as OTLP/JSON, as it would be sent again. */
export default function RawTrace({ traceId }: { traceId: string }) {
  const raw = useQuery({
    queryKey: ['trace-otlp', traceId],
    queryFn: async ({ signal }) => {
      const response = await authorizedFetch(new Request(`/api/v1/traces/${traceId}?format=otlp`, { signal }));
      const text = await response.text();
      if (!response.ok) throw new ApiError(response.status, 'unknown', response.statusText, text.slice(0, 500));
      // Pretty only where it will be looked at; numbers stay as the server wrote them in what is downloaded.
      return { text, shown: text.length <= shownMax ? JSON.stringify(JSON.parse(text), null, 2) : text.slice(0, shownMax) };
    },
    gcTime: 0,
  });
  if (raw.error) return <ErrorState error={raw.error} onRetry={() => void raw.refetch()} />;
  if (!raw.data) return <SkeletonLines count={16} />;
  const { text, shown } = raw.data;
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <span>
          OTLP/JSON, {formatBytes(new Blob([text]).size)}
          {text.length > shownMax && `; the first ${formatBytes(shownMax)} are shown`}
        </span>
        <CopyButton text={text} label="Copy all of it" />
        <Button size="s" onClick={() => download(`trace-${traceId}.json`, new Blob([text], { type: 'application/json' }))}>
          <Download size={13} /> Download
        </Button>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard */}
      <pre className={styles.text} tabIndex={0}>
        {shown}
      </pre>
    </div>
  );
}
