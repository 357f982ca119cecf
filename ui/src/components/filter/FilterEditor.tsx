import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus, type CompletionSource, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderOf } from '@codemirror/view';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { styleNonce } from '@/lib/csp';
import { filterHighlighting, filterLanguage } from './highlighting';
import { placeOf } from './language';

export interface FilterEditorHandle {
  text: () => string;
  clear: () => void;
  focus: () => void;
}

interface FilterEditorProps {
  ref?: Ref<FilterEditorHandle>;
  label: string;
  value: string;
  onSubmit: (value: string) => void;
  /** What stands in the box just now. */
  onEdit: (text: string) => void;
  complete?: CompletionSource;
  placeholder: string;
  /** It was asked for before it was here. */
  isWanted: boolean;
  className?: string;
}

/** As long as the API takes one. */
const lengthMax = 4096;

const look = EditorView.theme({
  '&': { fontSize: 'var(--text-m)', flex: '1', minWidth: '0' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': { fontFamily: 'var(--font-code)', padding: '0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 2px', lineHeight: '28px' },
  '.cm-scroller': { overflow: 'auto hidden', scrollbarWidth: 'none' },
  '.cm-placeholder': { color: 'var(--text-faint)', fontFamily: 'var(--font-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-tooltip': { border: '1px solid var(--border)', borderRadius: 'var(--radius-m)', background: 'var(--surface-raised)', boxShadow: 'var(--shadow)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-text)', maxHeight: '300px', minWidth: '300px', padding: '4px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', alignItems: 'center', padding: '2px 8px', lineHeight: '22px', borderRadius: 'var(--radius-s)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--surface-selected)', color: 'var(--text)' },
  '.cm-completionLabel': { fontFamily: 'var(--font-code)', fontSize: 'var(--text-s)', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { marginLeft: 'auto', paddingLeft: '24px', color: 'var(--text-faint)', fontStyle: 'normal', fontSize: 'var(--text-xs)' },
});

/** The line itself; apart from its box, so that pages appear before the editor is here. */
export default function FilterEditor({ ref, label, value, onSubmit, onEdit, complete, placeholder, isWanted, className }: FilterEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const edited = useEffectEvent((text: string) => onEdit(text));
  const submit = useEffectEvent((text: string) => onSubmit(text.trim()));
  const source = useEffectEvent(async (context: Parameters<CompletionSource>[0]) => {
    try {
      return (await complete?.(context)) ?? null;
    } catch {
      // Suggestions are a help: without them the filter is written all the same, and the search itself tells what is wrong.
      return null;
    }
  });
  const read = useEffectEvent(() => value);
  const wanted = useEffectEvent(() => isWanted);
  useImperativeHandle(
    ref,
    () => ({
      text: () => editor.current?.state.doc.toString() ?? '',
      focus: () => editor.current?.focus(),
      clear: () => editor.current?.dispatch({ changes: { from: 0, to: editor.current.state.doc.length } }),
    }),
    [],
  );

  useEffect(() => {
    const run = (view: EditorView) => {
      submit(view.state.doc.toString());
      return true;
    };
    const keys = keymap.of([
      { key: 'Enter', run },
      { key: 'Tab', run: acceptCompletion },
      {
        key: 'Escape',
        run: (view) => {
          if (completionStatus(view.state) !== null) return false;
          view.contentDOM.blur();
          return true;
        },
      },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]);
    const nonce = styleNonce();
    const view = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: read(),
        extensions: [
          nonce ? EditorView.cspNonce.of(nonce) : [],
          // One line: a pasted line break is a space. And bounded.
          EditorState.transactionFilter.of((transaction) => {
            if (!transaction.docChanged) return transaction;
            if (transaction.newDoc.length > lengthMax) return [];
            if (transaction.newDoc.lines === 1) return transaction;
            const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
            return { changes: { from: 0, to: transaction.startState.doc.length, insert: text }, selection: { anchor: text.length } };
          }),
          history(),
          closeBrackets(),
          filterLanguage,
          filterHighlighting,
          autocompletion({ override: [(context) => source(context)], activateOnTyping: true, icons: false, defaultKeymap: false, closeOnBlur: true, maxRenderedOptions: 60 }),
          // Enter takes a completion only while one is offered.
          Prec.highest(keymap.of(completionKeymap)),
          keys,
          placeholderOf(placeholder),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocorrect: 'off' }),
          EditorView.updateListener.of((update) => {
            if (update.focusChanged && update.view.hasFocus && update.state.doc.length === 0) setTimeout(() => startCompletion(update.view));
            if (!update.docChanged) return;
            edited(update.state.doc.toString());
            // A field is followed by its operators, an operator by values; after a value the person goes on or presses Enter.
            const isCompleted = update.transactions.some((transaction) => transaction.isUserEvent('input.complete'));
            if (isCompleted && placeOf(update.state.sliceDoc(0, update.state.selection.main.head))?.kind !== 'join') setTimeout(() => startCompletion(update.view));
          }),
          look,
        ],
      }),
    });
    editor.current = view;
    if (wanted()) view.focus();
    return () => view.destroy();
  }, [label, placeholder]);

  useEffect(() => {
    const view = editor.current;
    if (!view) return;
    const shown = view.state.doc.toString();
    if (shown.trim() !== value) view.dispatch({ changes: { from: 0, to: shown.length, insert: value } });
  }, [value]);

  return <div ref={host} className={className} />;
}
