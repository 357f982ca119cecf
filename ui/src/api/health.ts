import { useQuery } from '@tanstack/react-query';
import { healthKey } from './queryClient';

export interface Health {
  state: 'ok' | 'failing' | 'away';
  /** What fails, in the server's words. */
  messages: string[];
}

const calm = 15_000;
const worried = 2_000;
const timeout = 5_000;

async function ask(signal: AbortSignal): Promise<Health> {
  try {
    const response = await fetch('/health/ready', { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]), cache: 'no-store' });
    const body = (await response.json()) as { checks?: { name: string; status: string; message?: string }[] };
    if (response.ok) return { state: 'ok', messages: [] };
    const failing = (body.checks ?? []).filter((check) => check.status !== 'ok');
    return { state: 'failing', messages: failing.map((check) => check.message || check.name) };
  } catch (fault) {
    if (signal.aborted) throw fault;
    return { state: 'away', messages: [] };
  }
}

/** Whether the server takes and finds telemetry; asked every fifteen seconds, and every two while it does not. */
export function useHealth(): Health | undefined {
  return useQuery({
    queryKey: healthKey,
    queryFn: ({ signal }) => ask(signal),
    staleTime: 0,
    retry: false,
    refetchInterval: (query) => (query.state.data?.state === 'ok' ? calm : worried),
    meta: { background: true },
  }).data;
}
