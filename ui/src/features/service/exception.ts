import type { Schema } from '@/api/client';

type Span = Pick<Schema<'Span'>, 'status' | 'attributes' | 'events'>;

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** What a failing span says went wrong: its status, else its last exception, else the kind of error or the answer's status. */
export function exceptionOf(span: Span): string {
  const exception = span.events.findLast((event) => event.name === 'exception')?.attributes;
  const thrown = [text(exception?.['exception.type']), text(exception?.['exception.message'])].filter(Boolean).join(': ');
  const status = text(span.attributes['http.response.status_code'] ?? span.attributes['http.status_code']);
  return span.status.message || thrown || text(span.attributes['error.type']) || (status && `HTTP ${status}`);
}
