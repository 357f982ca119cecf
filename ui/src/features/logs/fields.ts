import type { Schema } from '@/api/client';
import { type AttributeValue, flatText } from '@/lib/attributes';
import { formatClock, nanosToMillis, type TimeZone } from '@/lib/format';
import { severityOf } from '@/lib/color';

export type LogRecord = Schema<'LogRecord'>;

/** What a record says of a field, by the name the filter language has for it. */
export function fieldValue(record: LogRecord, field: string, zone: TimeZone): AttributeValue | undefined {
  switch (field) {
    case 'service.name':
      return record.serviceName;
    case 'severity':
      return severityOf(record.severityNumber);
    case 'severityText':
      return record.severityText;
    case 'body':
      return record.body as AttributeValue | undefined;
    case 'eventName':
      return record.eventName;
    case 'traceId':
      return record.traceId;
    case 'spanId':
      return record.spanId;
    case 'scope.name':
      return record.scope.name;
    case 'scope.version':
      return record.scope.version;
    case 'time':
      return formatClock(nanosToMillis(record.timestampUnixNano), zone);
  }
  const attributes = record.attributes as Record<string, AttributeValue>;
  const resource = record.resource.attributes as Record<string, AttributeValue>;
  for (const [prefix, place] of [['attributes.', attributes], ['log.', attributes], ['resource.', resource], ['scope.', record.scope.attributes as Record<string, AttributeValue>]] as const) {
    if (!field.startsWith(prefix)) continue;
    const found = own(place, unquote(field.slice(prefix.length)));
    if (found !== undefined) return found;
  }
  const key = unquote(field);
  return own(attributes, key) ?? own(resource, key);
}

/** Attribute names are a sender's: `constructor` is one like any other. */
function own(map: Record<string, AttributeValue>, key: string): AttributeValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function unquote(name: string): string {
  const quoted = /^(["`])(.*)\1$/.exec(name);
  return quoted ? quoted[2]!.replace(/\\(.)/g, '$1') : name;
}

/** The body as text; a record without one is said by its event's name. */
export function messageOf(record: LogRecord): string {
  if (record.body === undefined || record.body === null) return record.eventName ?? '';
  return flatText(record.body as AttributeValue);
}

const structuredMax = 200_000;

/** The body as a tree: where it was sent as one, or as a text that is one. */
export function structureOf(record: LogRecord): AttributeValue | undefined {
  const body = record.body as AttributeValue | undefined;
  if (typeof body === 'object' && body !== null) return body;
  if (typeof body !== 'string' || body.length > structuredMax || !/^\s*[[{]/.test(body)) return undefined;
  try {
    const parsed = JSON.parse(body) as AttributeValue;
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    // It only looked like one.
    return undefined;
  }
}

/** What tells records apart while they are in a list; equal ones share it. */
export function keyOf(record: LogRecord): string {
  return record.id ?? `${record.timestampUnixNano}/${record.spanId ?? ''}/${messageOf(record).slice(0, 80)}`;
}
