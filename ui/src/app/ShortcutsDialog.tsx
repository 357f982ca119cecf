import { Dialog } from '@/components/controls/Dialog';
import { useShortcuts } from '@/lib/shortcuts';
import styles from './ShortcutsDialog.module.css';

/** Every shortcut there is just now. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const shortcuts = useShortcuts();
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))];
  return (
    <Dialog open onClose={onClose} title="Keyboard">
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.list}>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <div key={shortcut.keys}>
                    <dt>
                      {shortcut.keys.split(/[ +]/).map((key) => (
                        <kbd key={key}>{key === 'Mod' ? 'Ctrl' : key === 'Escape' ? 'Esc' : key}</kbd>
                      ))}
                    </dt>
                    <dd>{shortcut.description}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
