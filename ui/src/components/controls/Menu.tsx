import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './popup.module.css';

export interface MenuItem {
  id: string;
  label: ReactNode;
  icon?: ReactNode;
  /** Present: the item is a choice, ticked or not. */
  checked?: boolean;
  disabled?: boolean;
  /** A line is drawn above it. */
  divided?: boolean;
  /** Choosing it leaves the menu open, as for lists of columns. */
  keepOpen?: boolean;
  onSelect: () => void;
}

export interface MenuProps {
  /** A button. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuItem[];
  align?: 'start' | 'end';
}

export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={5} align={align} className={styles.positioner}>
          <Base.Popup className={styles.menu}>
            {items.map((item) => (
              <MenuEntry key={item.id} item={item} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function MenuEntry({ item }: { item: MenuItem }) {
  const shared = { className: styles.item, disabled: item.disabled };
  return (
    <>
      {item.divided && <Base.Separator className={styles.separator} />}
      {item.checked === undefined ? (
        <Base.Item {...shared} onClick={item.onSelect} closeOnClick={!item.keepOpen}>
          {item.icon}
          {item.label}
        </Base.Item>
      ) : (
        <Base.CheckboxItem {...shared} checked={item.checked} onCheckedChange={item.onSelect} closeOnClick={!item.keepOpen}>
          {item.icon}
          {item.label}
          <span className={styles.indicator}>
            <Base.CheckboxItemIndicator>
              <Check size={14} />
            </Base.CheckboxItemIndicator>
          </span>
        </Base.CheckboxItem>
      )}
    </>
  );
}
