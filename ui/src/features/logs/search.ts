import { conjoin } from '@/components/filter/language';
import { severities, type Severity } from '@/lib/color';

/** What the page's URL says beside the shared range. */
export interface LogsSearch {
  /** The filter. */
  q?: string;
  /** Only these severities; absent for all. */
  severity?: Severity[];
  /** The fields that are columns, beside time and message; absent for the usual ones. */
  columns?: string[];
  /** Messages break into lines instead of being cut. */
  wrap?: boolean;
  /** The record whose details are open. */
  log?: string;
}

export const defaultColumns: readonly string[] = ['service.name'];
const columnsMax = 12;

export function parseLogsSearch(search: Record<string, unknown>): LogsSearch {
  const severity = textsOf(search.severity)?.filter((word): word is Severity => (severities as readonly string[]).includes(word));
  return {
    q: typeof search.q === 'string' && search.q ? search.q : undefined,
    severity: severity?.length ? severity : undefined,
    columns: textsOf(search.columns)?.slice(0, columnsMax),
    wrap: search.wrap === true || undefined,
    log: typeof search.log === 'string' && search.log ? search.log : undefined,
  };
}

function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : undefined;
}

/** The filter with the severities chosen beside it: what the server is asked. */
export function filterOf({ q, severity }: Pick<LogsSearch, 'q' | 'severity'>): string | undefined {
  if (!severity?.length) return q;
  return conjoin(q, `severity in (${severity.map((word) => (word === 'unset' ? '0' : word)).join(', ')})`);
}

/** The severities after one of them was chosen or left; all of them is the same as none. */
export function toggleSeverity(chosen: readonly Severity[] | undefined, severity: Severity): Severity[] | undefined {
  const next = chosen?.includes(severity) ? chosen.filter((one) => one !== severity) : [...(chosen ?? []), severity];
  return next.length === 0 || next.length === severities.length ? undefined : severities.filter((one) => next.includes(one));
}
