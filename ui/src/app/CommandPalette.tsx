import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog as Base } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { CornerDownLeft, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import popup from '@/components/controls/popup.module.css';
import { setPreferences } from '@/lib/preferences';
import { refresh } from '@/lib/refresh';
import { describePreset, presets } from '@/lib/timeRange';
import { useTimeRange } from '@/components/time/useTimeRange';
import styles from './CommandPalette.module.css';
import { navigation } from './navigation';

interface Command {
  value: string;
  label: string;
  group: string;
  run: () => void;
}

const traceId = /^[0-9a-f]{32}$/i;

/** Ctrl+K: pages, ranges, themes, and a trace by its id. */
export default function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const navigate = useNavigate();
  const { setRange } = useTimeRange();
  const [text, setText] = useState('');
  const commands = useMemo<Command[]>(() => {
    const list: Command[] = [
      ...navigation.map((entry) => ({ value: entry.to, label: entry.label, group: 'Go to', run: () => void navigate({ to: entry.to }) })),
      ...presets.map((preset) => ({ value: preset, label: describePreset(preset), group: 'Time range', run: () => setRange({ start: preset }) })),
      ...(['light', 'dark', 'system'] as const).map((theme) => ({ value: theme, label: `Theme: ${theme}`, group: 'Settings', run: () => setPreferences({ theme }) })),
      { value: 'utc', label: 'Times in UTC', group: 'Settings', run: () => setPreferences({ timeZone: 'utc' }) },
      { value: 'local', label: 'Times in local zone', group: 'Settings', run: () => setPreferences({ timeZone: 'local' }) },
      { value: 'refresh', label: 'Refresh', group: 'Settings', run: refresh },
      { value: 'help', label: 'Keyboard help', group: 'Settings', run: onHelp },
    ];
    const id = text.trim();
    if (traceId.test(id)) list.unshift({ value: id, label: `Open trace ${id}`, group: 'Go to', run: () => void navigate({ href: `/traces/${id.toLowerCase()}` }) });
    return list;
  }, [navigate, setRange, onHelp, text]);
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={popup.backdrop} />
        <Base.Popup className={popup.dialog} aria-label="Command palette">
          <Autocomplete.Root inline open items={commands} value={text} onValueChange={setText} itemToStringValue={(command: Command) => command.label} autoHighlight="always">
            <div className={styles.input}>
              <Search size={16} aria-hidden />
              <Autocomplete.Input placeholder="A page, a range, a trace id …" aria-label="Command" />
            </div>
            <Autocomplete.Empty>
              <p className={styles.empty}>Nothing like that.</p>
            </Autocomplete.Empty>
            <Autocomplete.List className={styles.list}>
              {(command: Command) => (
                <Autocomplete.Item key={command.group + command.value} value={command} className={popup.item} onClick={() => run(command)}>
                  <span className={styles.group}>{command.group}</span>
                  {command.label}
                  <CornerDownLeft size={13} className={styles.enter} aria-hidden />
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
