import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AttributeValue } from '@/lib/attributes';
import styles from './StructuredValue.module.css';

const childrenMax = 200;
const openDepth = 2;

/** An array or a map as a tree that opens; every value is text. */
export function StructuredValue({ value, name, depth = 0 }: { value: AttributeValue; name?: string; depth?: number }) {
  const [isOpen, setOpen] = useState(depth < openDepth);
  const label = name !== undefined && <span className={styles.name}>{name}: </span>;
  if (typeof value !== 'object' || value === null) {
    return (
      <div className={styles.leaf}>
        {label}
        <span className={styles[typeof value]}>{typeof value === 'string' ? value : JSON.stringify(value)}</span>
      </div>
    );
  }
  const entries = Array.isArray(value) ? value.map((item, index) => [String(index), item] as const) : Object.entries(value);
  const summary = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <div>
      <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight size={12} aria-hidden />
        {label}
        <span className={styles.summary}>{summary}</span>
      </button>
      {isOpen && (
        <div className={styles.children}>
          {entries.slice(0, childrenMax).map(([key, item]) => (
            <StructuredValue key={key} name={key} value={item} depth={depth + 1} />
          ))}
          {entries.length > childrenMax && <div className={styles.summary}>and {entries.length - childrenMax} more</div>}
        </div>
      )}
    </div>
  );
}
