import { Plus, SquarePlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@/components/controls/Button';
import { Select } from '@/components/controls/Select';
import styles from './FilterBuilder.module.css';
import { RuleEditor } from './RuleEditor';
import { emptyGroup, emptyRule, type FilterGroup, type FilterNode, formatFilter, parseFilter, replaceNode } from './tree';
import type { Signal } from './useFilterSuggestions';

export interface FilterBuilderProps {
  signal: Signal;
  /** The filter that is in force, as text. */
  value: string;
  onChange: (value: string) => void;
}

const joins = [
  { value: 'and', label: 'all of' },
  { value: 'or', label: 'any of' },
] as const;
const depthMax = 5;

interface Draft {
  /** What the text was when the rules were made of it, or the other way round. */
  text: string;
  group: FilterGroup | null;
  /** The rule that was just added. */
  fresh?: number;
}

/** The filter as rules and groups. It edits the text, and is read from it whenever somebody else changed it. */
export default function FilterBuilder({ signal, value, onChange }: FilterBuilderProps) {
  const [draft, setDraft] = useState<Draft>(() => begin(value));
  if (draft.text !== value) setDraft(begin(value));
  const { group } = draft;
  if (!group) {
    return (
      <div className={styles.builder}>
        <p className={styles.note}>This filter cannot be shown as rules. It stays as the text above; once it can be read, its rules appear here.</p>
      </div>
    );
  }
  const edit = (next: FilterGroup, fresh?: number) => {
    const text = formatFilter(next);
    setDraft({ text, group: next, fresh });
    // A rule that is not finished changes nothing yet.
    if (text !== value) onChange(text);
  };
  return (
    <div className={styles.builder} role="group" aria-label="Filter as rules">
      <Group
        group={group}
        depth={0}
        signal={signal}
        fresh={draft.fresh}
        onChange={(next) => edit(next)}
        onAdd={(into, node) => edit(into.id === group.id ? withTerm(group, node) : replaceNode(group, into.id, (found) => withTerm(found as FilterGroup, node)), node.id)}
        onReplace={(id, change) => edit(replaceNode(group, id, change))}
      />
    </div>
  );
}

function begin(text: string): Draft {
  const read = parseFilter(text);
  if (!read || read.terms.length > 0) return { text, group: read };
  return { text, group: withTerm(read, emptyRule()) };
}

function withTerm(group: FilterGroup, node: FilterNode): FilterGroup {
  return { ...group, terms: [...group.terms, node] };
}

interface GroupProps {
  group: FilterGroup;
  depth: number;
  signal: Signal;
  fresh: number | undefined;
  onChange: (group: FilterGroup) => void;
  onAdd: (into: FilterGroup, node: FilterNode) => void;
  onReplace: (id: number, change: (node: FilterNode) => FilterNode | null) => void;
}

function Group({ group, depth, signal, fresh, onChange, onAdd, onReplace }: GroupProps) {
  const isInner = depth > 0;
  return (
    <div className={styles.group} data-inner={isInner || undefined} role={isInner ? 'group' : undefined} aria-label={isInner ? 'Group of rules' : undefined}>
      <div className={styles.groupHead}>
        {isInner && (
          <Button size="s" look="quiet" pressed={group.isNegated} onClick={() => onChange({ ...group, isNegated: !group.isNegated })}>
            not
          </Button>
        )}
        <Select label="How the rules are joined" value={group.join} options={joins} onChange={(join) => onChange({ ...group, join })} className={styles.small} />
        <span className={styles.note}>these hold</span>
        <span className={styles.space} />
        <Button size="s" look="quiet" onClick={() => onAdd(group, emptyRule())}>
          <Plus size={13} /> Rule
        </Button>
        {depth + 1 < depthMax && (
          <Button
            size="s"
            look="quiet"
            onClick={() => {
              const inner = emptyGroup(group.join === 'and' ? 'or' : 'and');
              onAdd(group, withTerm(inner, emptyRule()));
            }}
          >
            <SquarePlus size={13} /> Group
          </Button>
        )}
        {isInner && (
          <IconButton label="Remove the group" size="s" onClick={() => onReplace(group.id, () => null)}>
            <Trash2 size={13} />
          </IconButton>
        )}
      </div>
      {group.terms.map((term) =>
        term.kind === 'group' ? (
          <Group key={term.id} group={term} depth={depth + 1} signal={signal} fresh={fresh} onChange={(next) => onReplace(term.id, () => next)} onAdd={onAdd} onReplace={onReplace} />
        ) : (
          <RuleEditor key={term.id} rule={term} signal={signal} isFresh={term.id === fresh} onChange={(next) => onReplace(term.id, () => next)} onRemove={() => onReplace(term.id, () => null)} />
        ),
      )}
      {group.terms.length === 0 && <p className={styles.note}>No rules: everything matches.</p>}
    </div>
  );
}
