import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { Button, IconButton } from '@/components/controls/Button';
import { Select } from '@/components/controls/Select';
import { formatCount } from '@/lib/format';
import styles from './FilterBuilder.module.css';
import { SuggestInput } from './SuggestInput';
import { type FilterLiteral, filterOperators, type FilterRule, type FilterWords, valuesOf } from './tree';
import { type Field, type Signal, useFilterSuggestions } from './useFilterSuggestions';

interface RuleEditorProps {
  rule: FilterRule | FilterWords;
  signal: Signal;
  /** Just added: its field is written next. */
  isFresh: boolean;
  onChange: (rule: FilterRule | FilterWords) => void;
  onRemove: () => void;
}

/** One line: a field, an operator, values; or a text that is looked for everywhere. */
export function RuleEditor({ rule, signal, isFresh, onChange, onRemove }: RuleEditorProps) {
  return (
    <div className={styles.rule} role="group" aria-label="Rule">
      <Button size="s" look="quiet" pressed={rule.isNegated} onClick={() => onChange({ ...rule, isNegated: !rule.isNegated })}>
        not
      </Button>
      {rule.kind === 'words' ? (
        <>
          <span className={styles.note}>{signal === 'logs' ? 'any text has' : 'any name has'}</span>
          <SuggestInput label="Text" value={rule.text} queryKey={['words']} load={async () => []} onCommit={(text) => onChange({ ...rule, text })} />
        </>
      ) : (
        <Comparison rule={rule} signal={signal} isFresh={isFresh} onChange={onChange} />
      )}
      <IconButton label="Remove the rule" size="s" onClick={onRemove}>
        <X size={13} />
      </IconButton>
    </div>
  );
}

function Comparison({ rule, signal, isFresh, onChange }: { rule: FilterRule } & Pick<RuleEditorProps, 'signal' | 'isFresh' | 'onChange'>) {
  const suggestions = useFilterSuggestions(signal);
  const { data: field } = useQuery({
    queryKey: ['field', signal, rule.field],
    queryFn: async () => (await suggestions.field(rule.field)) ?? null,
    enabled: rule.field !== '',
    meta: { background: true },
  });
  const operators = filterOperators.filter((operator) => operator === rule.operator || !field?.operators.length || field.operators.includes(operator.replace(' ', '_')));
  const setValue = (place: number, value: FilterLiteral | null) => {
    const values = [...rule.values];
    values.splice(place, 1, ...(value ? [value] : []));
    onChange({ ...rule, values });
  };
  const many = valuesOf(rule.operator);
  const shown = many === 'none' ? [] : many === 'many' ? [...rule.values, blank] : [rule.values[0] ?? blank];
  return (
    <>
      <SuggestInput
        label="Field"
        placeholder="field"
        code
        isWrittenNext={isFresh}
        value={rule.field}
        queryKey={[signal, 'fields']}
        load={async (typed) =>
          (await suggestions.fields(typed)).map((one) => ({ value: one.name, detail: [one.scope, one.types[0], one.count === undefined ? undefined : formatCount(one.count)].filter(Boolean).join(' · ') }))
        }
        onCommit={(name) => onChange({ ...rule, field: name.trim() })}
      />
      <Select
        label="Operator"
        value={rule.operator}
        options={operators.map((operator) => ({ value: operator, label: operator }))}
        onChange={(operator) => onChange({ ...rule, operator, values: valuesOf(operator) === 'none' ? [] : rule.values.length ? rule.values : [blank] })}
        className={styles.small}
      />
      {shown.map((value, place) => (
        <Value
          key={place}
          value={value}
          field={field ?? undefined}
          name={rule.field}
          signal={signal}
          onChange={(next) => setValue(place, many === 'many' && next.text === '' ? null : next)}
        />
      ))}
    </>
  );
}

const blank: FilterLiteral = { text: '', isQuoted: false };
const looksBare = /^(-?\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d)?|true|false)$/;

function Value({ value, field, name, signal, onChange }: { value: FilterLiteral; field: Field | undefined; name: string; signal: Signal; onChange: (value: FilterLiteral) => void }) {
  const suggestions = useFilterSuggestions(signal);
  const literalOf = (text: string): FilterLiteral => {
    if (field?.kind === 'intrinsic') return { text, isQuoted: field.types.some((type) => type === 'string' || type === 'id' || type === 'time') };
    // What looks like a number is one unless the field's values are known to be texts.
    return { text, isQuoted: !looksBare.test(text) || (field !== undefined && field.types.every((type) => type === 'string')) };
  };
  const isAmbiguous = field?.kind !== 'intrinsic' && looksBare.test(value.text);
  return (
    <span className={styles.value}>
      <SuggestInput
        label="Value"
        placeholder={field?.types[0] === 'duration' ? '250ms' : 'value'}
        code
        value={value.text}
        queryKey={[signal, 'values', name]}
        load={async (typed) => (name ? (await suggestions.values(name, typed)).map((one) => ({ value: one.value, detail: one.count === undefined ? undefined : formatCount(one.count) })) : [])}
        onCommit={(text) => onChange(literalOf(text))}
      />
      {isAmbiguous && (
        <Button size="s" look="quiet" title="How the value is compared" onClick={() => onChange({ ...value, isQuoted: !value.isQuoted })}>
          {value.isQuoted ? 'as text' : value.text === 'true' || value.text === 'false' ? 'as boolean' : 'as number'}
        </Button>
      )}
    </span>
  );
}
