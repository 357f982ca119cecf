import type { Schema } from '@/api/client';
import { Select } from '@/components/controls/Select';
import { ServiceBadge } from '@/components/data/badges';
import { Card } from '@/components/layout/Page';
import { formatCount, formatShare } from '@/lib/format';
import { usePagePreference } from '@/lib/preferences';
import styles from './ErrorBudget.module.css';

const objectives = [
  { value: '0.99', label: '99 %' },
  { value: '0.995', label: '99.5 %' },
  { value: '0.999', label: '99.9 %' },
  { value: '0.9999', label: '99.99 %' },
] as const;
const shownMax = 6;

/** How many failures an objective allows in this time, and how many of them have happened. */
export function ErrorBudget({ services }: { services: readonly Schema<'ServiceSummary'>[] }) {
  const [objective, setObjective] = usePagePreference<(typeof objectives)[number]['value']>('overview.objective', '0.999');
  const spent = services
    .filter((service) => service.requestCount > 0)
    .map((service) => {
      const allowed = service.requestCount * (1 - Number(objective));
      return { service, allowed, share: service.requestErrorCount / allowed };
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, shownMax);
  return (
    <Card
      title="Error budget"
      end={
        <span className={styles.objective}>
          of <Select label="Objective" value={objective} options={objectives} onChange={setObjective} className={styles.select} /> success
        </span>
      }
    >
      <ul className={styles.list}>
        {spent.map(({ service, allowed, share }) => (
          <li key={service.name} title={`${service.requestErrorCount} of ${service.requestCount} requests failed; the objective allows ${allowed.toFixed(1)}`}>
            <ServiceBadge name={service.name} />
            <span className={styles.meter} data-tone={share >= 1 ? 'error' : share >= 0.5 ? 'warn' : undefined} aria-hidden>
              <span style={{ width: `${Math.min(1, share) * 100}%` }} />
            </span>
            <span className={styles.share} data-tone={share >= 1 ? 'error' : undefined}>
              {share > 10 ? `${formatCount(share)}×` : formatShare(share)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
