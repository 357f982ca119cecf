import { useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarClock, ChevronDown, ChevronLeft, ChevronRight, RotateCw, ZoomOut } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useIsFetching } from '@tanstack/react-query';
import { Button, IconButton } from '@/components/controls/Button';
import { Popover } from '@/components/controls/Popover';
import { Select } from '@/components/controls/Select';
import { formatAgo, formatDateTime, type TimeZone } from '@/lib/format';
import { setPreferences, usePreferences } from '@/lib/preferences';
import { refresh, useAsOf } from '@/lib/refresh';
import { useShortcut } from '@/lib/shortcuts';
import { describePreset, isRelative, parseInstant, presets, resolveRange, shiftRange, type TimeRange, zoomRange } from '@/lib/timeRange';
import styles from './TimeRangePicker.module.css';
import { useTimeRange } from './useTimeRange';

const intervals = [
  { value: '0', label: 'Auto: off' },
  { value: '5', label: 'Auto: 5 s' },
  { value: '15', label: 'Auto: 15 s' },
  { value: '60', label: 'Auto: 1 min' },
] as const;

/** Range, zone, refresh and the age of what is shown: in the head of every page. */
export function TimeRangePicker() {
  const { range, setRange } = useTimeRange();
  const [open, setOpen] = useState(false);
  const { timeZone } = usePreferences();
  const isLive = isRelative(range.start) && !range.end;
  useShortcut('r', 'Refresh', refresh, { group: 'Everywhere' });
  useShortcut('[', 'Earlier', () => setRange(shiftRange(range, Date.now(), -0.5)), { group: 'Time range' });
  useShortcut(']', 'Later', () => setRange(shiftRange(range, Date.now(), 0.5)), { group: 'Time range' });
  useShortcut('-', 'Zoom out', () => setRange(zoomRange(range, Date.now(), 2)), { group: 'Time range' });
  const apply = (next: TimeRange) => {
    setRange(next);
    setOpen(false);
  };
  return (
    <div className={styles.bar}>
      <IconButton label="Earlier" shortcut="[" onClick={() => setRange(shiftRange(range, Date.now(), -0.5))}>
        <ChevronLeft size={15} />
      </IconButton>
      <Popover
        label="Time range"
        align="end"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button aria-label={`Time range: ${describeRange(range, timeZone)}`}>
            <CalendarClock size={14} />
            {describeRange(range, timeZone)}
            {timeZone === 'utc' && <span className={styles.zone}>UTC</span>}
            <ChevronDown size={13} />
          </Button>
        }
      >
        <Panel range={range} timeZone={timeZone} onApply={apply} />
      </Popover>
      <IconButton label="Later" shortcut="]" disabled={isLive} onClick={() => setRange(shiftRange(range, Date.now(), 0.5))}>
        <ChevronRight size={15} />
      </IconButton>
      <IconButton label="Zoom out" shortcut="-" onClick={() => setRange(zoomRange(range, Date.now(), 2))}>
        <ZoomOut size={15} />
      </IconButton>
      <AutoRefresh isLive={isLive} />
    </div>
  );
}

export function describeRange(range: TimeRange, zone: TimeZone): string {
  if (isRelative(range.start) && !range.end) return describePreset(range.start);
  const { from, to } = resolveRange(range, Date.now());
  const [first, last] = [formatDateTime(from, zone), formatDateTime(to, zone)];
  // The day is said once where both ends share it.
  return `${first} – ${first.slice(0, 6) === last.slice(0, 6) ? last.slice(7) : last}`;
}

function Panel({ range, timeZone, onApply }: { range: TimeRange; timeZone: TimeZone; onApply: (range: TimeRange) => void }) {
  const [from, setFrom] = useState(() => boundText(range.start, timeZone));
  const [to, setTo] = useState(() => (range.end ? boundText(range.end, timeZone) : 'now'));
  const start = boundValue(from, timeZone);
  const end = to.trim() === 'now' ? undefined : boundValue(to, timeZone);
  const isValid = start !== null && end !== null;
  return (
    <div className={styles.panel}>
      <ul className={styles.presets}>
        {presets.map((preset) => (
          <li key={preset}>
            <button type="button" className={styles.preset} aria-current={range.start === preset && !range.end} onClick={() => onApply({ start: preset })}>
              {describePreset(preset)}
            </button>
          </li>
        ))}
      </ul>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isValid) onApply({ start, end });
        }}
      >
        <label>
          From
          <input value={from} onChange={(event) => setFrom(event.target.value)} aria-invalid={start === null} spellCheck={false} />
        </label>
        <label>
          To
          <input value={to} onChange={(event) => setTo(event.target.value)} aria-invalid={end === null} spellCheck={false} />
        </label>
        <p className={styles.hint}>2026-03-12 14:00:00, a unix time, -45m, or now</p>
        <Button type="submit" look="primary" disabled={!isValid}>
          Apply
        </Button>
        <div className={styles.zones}>
          Times in
          <Button size="s" pressed={timeZone === 'local'} onClick={() => setPreferences({ timeZone: 'local' })}>
            Local
          </Button>
          <Button size="s" pressed={timeZone === 'utc'} onClick={() => setPreferences({ timeZone: 'utc' })}>
            UTC
          </Button>
        </div>
      </form>
    </div>
  );
}

function boundText(text: string, zone: TimeZone): string {
  if (isRelative(text)) return text;
  const millis = parseInstant(text, Date.now());
  if (millis === null) return text;
  const shifted = zone === 'utc' ? millis : millis - new Date(millis).getTimezoneOffset() * 60_000;
  return new Date(shifted).toISOString().slice(0, 19).replace('T', ' ');
}

function boundValue(text: string, zone: TimeZone): string | null {
  const trimmed = text.trim();
  if (isRelative(trimmed)) return trimmed;
  const hasZone = /(z|[+-]\d{2}:?\d{2})$/i.test(trimmed);
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(trimmed);
  const dated = isDate && trimmed.length === 10 ? `${trimmed} 00:00:00` : trimmed;
  const millis = parseInstant(zone === 'utc' && isDate && !hasZone ? `${dated}Z` : dated, Date.now());
  return millis === null ? null : String(Math.round(millis));
}

function AutoRefresh({ isLive }: { isLive: boolean }) {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const seconds = isLive ? Number(search.refresh ?? 0) : 0;
  const onTick = useEffectEvent(() => {
    if (document.visibilityState === 'visible') refresh();
  });
  useEffect(() => {
    if (!seconds) return;
    const timer = setInterval(() => onTick(), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <>
      <RefreshButton />
      <Select
        label="Refresh by itself"
        className={styles.interval}
        value={String(seconds)}
        options={intervals}
        onChange={(value) => void navigate({ to: '.', search: (previous) => ({ ...previous, refresh: value === '0' ? undefined : Number(value) }) })}
      />
    </>
  );
}

function RefreshButton() {
  const asOf = useAsOf();
  const isBusy = useIsFetching({ predicate: (query) => query.meta?.background !== true }) > 0;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const age = formatAgo(asOf, Math.max(now, asOf));
  return (
    <Button look="quiet" onClick={refresh} aria-label={isBusy ? 'Refresh; asking …' : `Refresh; updated ${age}`} title="Refresh (r)" className={styles.refresh}>
      <RotateCw size={14} className={isBusy ? styles.turning : undefined} />
      <span className={styles.age}>{isBusy ? 'asking …' : age}</span>
    </Button>
  );
}
