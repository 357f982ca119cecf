import { Copy, Filter, FilterX, MoreHorizontal } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Schema } from '@/api/client';
import { Button } from '@/components/controls/Button';
import { Menu, type MenuItem } from '@/components/controls/Menu';
import { copyText } from '@/lib/clipboard';
import { type AttributeValue, flatText, typeOf } from '@/lib/attributes';
import styles from './AttributeTable.module.css';
import { StructuredValue } from './StructuredValue';

export interface AttributeTableProps {
  attributes: Schema<'AttributeMap'>;
  /** The prefix by which the filter language names these: `resource.`, `scope.` or nothing. */
  scope?: string;
  /** Only keys and values with this text in them. */
  search?: string;
  droppedCount?: number;
  /** Adds `field = value` (or its negation) to the page's filter. */
  onFilter?: (field: string, value: string | number | boolean, negated: boolean) => void;
  /** Anything else to do with an attribute: group by it, make it a column. */
  actions?: (field: string, value: AttributeValue) => MenuItem[];
}

/** Attributes by name, each value shown as the type it was sent with. */
export function AttributeTable({ attributes, scope = '', search = '', droppedCount, onFilter, actions }: AttributeTableProps) {
  const entries = useMemo(() => {
    const wanted = search.toLowerCase();
    return Object.entries(attributes as Record<string, AttributeValue>)
      .filter(([name, value]) => !wanted || name.toLowerCase().includes(wanted) || flatText(value).toLowerCase().includes(wanted))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }, [attributes, search]);
  if (entries.length === 0 && !droppedCount) return <p className={styles.none}>{search ? 'Nothing matches.' : 'None.'}</p>;
  return (
    <div className={styles.table} role="table" aria-label="Attributes">
      {entries.map(([name, value]) => (
        <div key={name} role="row" className={styles.row}>
          <span role="rowheader" className={styles.name} title={name}>
            {name}
          </span>
          <span role="cell" className={styles.value} data-type={typeOf(value)}>
            <Value value={value} />
          </span>
          <span role="cell" className={styles.actions}>
            <AttributeMenu field={scope + name} value={value} onFilter={onFilter} actions={actions} />
          </span>
        </div>
      ))}
      {droppedCount ? <p className={styles.none}>{droppedCount} more were dropped by the sender.</p> : null}
    </div>
  );
}

function AttributeMenu({ field, value, onFilter, actions }: { field: string; value: AttributeValue } & Pick<AttributeTableProps, 'onFilter' | 'actions'>) {
  const items: MenuItem[] = [];
  if (onFilter && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
    items.push(
      { id: 'filter', label: 'Filter by this value', icon: <Filter size={14} />, onSelect: () => onFilter(field, value, false) },
      { id: 'exclude', label: 'Exclude this value', icon: <FilterX size={14} />, onSelect: () => onFilter(field, value, true) },
    );
  }
  items.push(
    { id: 'value', label: 'Copy value', icon: <Copy size={14} />, divided: items.length > 0, onSelect: () => void copyText(flatText(value)) },
    { id: 'name', label: 'Copy name', icon: <Copy size={14} />, onSelect: () => void copyText(field) },
    ...(actions?.(field, value) ?? []),
  );
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button look="quiet" size="s" aria-label={`Actions for ${field}`}>
          <MoreHorizontal size={14} />
        </Button>
      }
    />
  );
}

const shortMax = 400;

function Value({ value }: { value: AttributeValue }) {
  const [isOpen, setOpen] = useState(false);
  if (typeof value === 'object' && value !== null) return <StructuredValue value={value} />;
  const text = flatText(value);
  if (text.length <= shortMax) return <>{text === '' ? <em>empty</em> : text}</>;
  return (
    <>
      {isOpen ? text : `${text.slice(0, shortMax)}…`}{' '}
      <button type="button" className={styles.more} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'less' : `all ${text.length.toLocaleString('en-US')} characters`}
      </button>
    </>
  );
}
