import { ChevronRight } from 'lucide-react';
import { StructuredValue } from '@/components/data/StructuredValue';
import { lineText } from '@/lib/attributes';
import { type LogRecord, messageOf, structureOf } from './fields';
import { LongText } from './LongText';
import styles from './Logs.module.css';

export interface LogMessageProps {
  record: LogRecord;
  wrap: boolean;
  isOpen: boolean;
  onToggle: () => void;
}

const wrappedMax = 1200;
const openMax = 4000;
const lineMax = 600;

/** The message in the list: one line, wrapped, or opened in its place. */
export function LogMessage({ record, wrap, isOpen, onToggle }: LogMessageProps) {
  const message = messageOf(record);
  const structure = isOpen ? structureOf(record) : undefined;
  return (
    <div className={styles.message} data-wrap={wrap || isOpen || undefined}>
      <button type="button" className={styles.expander} aria-expanded={isOpen} aria-label={isOpen ? 'Show in one line' : 'Show whole'} onClick={onToggle} tabIndex={-1}>
        <ChevronRight size={13} aria-hidden />
      </button>
      <div className={styles.content}>
        {structure !== undefined ? (
          <StructuredValue value={structure} />
        ) : isOpen ? (
          <LongText text={message} charactersMax={openMax} />
        ) : wrap ? (
          <LongText text={message} charactersMax={wrappedMax} />
        ) : (
          <bdi>{lineText(message, lineMax)}</bdi>
        )}
      </div>
    </div>
  );
}
