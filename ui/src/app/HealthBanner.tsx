import { useEffect, useRef } from 'react';
import { TriangleAlert } from 'lucide-react';
import { useHealth } from '@/api/health';
import { refresh } from '@/lib/refresh';
import styles from './HealthBanner.module.css';

/** Says that the server or its store is away; goes by itself when they are back, and the page asks again. */
export function HealthBanner() {
  const health = useHealth();
  const isWell = health === undefined || health.state === 'ok';
  const wasWell = useRef(true);
  useEffect(() => {
    if (isWell && !wasWell.current) refresh();
    wasWell.current = isWell;
  }, [isWell]);
  return (
    <div role="status" className={styles.place}>
      {!isWell && (
        <div className={styles.banner}>
          <TriangleAlert size={15} aria-hidden />
          {health.state === 'away' ? (
            <span>
              <strong>The server does not answer.</strong> What you see is what it said last; this goes away when it is back.
            </span>
          ) : (
            <span>
              <strong>The store is not well.</strong> {health.messages.join(' ')} Telemetry is still taken and kept in the log; searches may fail meanwhile.
            </span>
          )}
        </div>
      )}
    </div>
  );
}
