import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '@/lib/clipboard';
import { IconButton } from './Button';

const shownMillis = 1200;

export interface CopyButtonProps {
  text: string;
  /** What is copied: `Copy trace id`. */
  label?: string;
}

export function CopyButton({ text, label = 'Copy' }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), shownMillis);
    return () => clearTimeout(timer);
  }, [state]);
  const said = state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused; select the text instead' : label;
  return (
    <IconButton
      label={said}
      size="s"
      onClick={(event) => {
        event.stopPropagation();
        void copyText(text).then((ok) => setState(ok ? 'copied' : 'refused'));
      }}
    >
      {state === 'copied' ? <Check size={13} /> : <Copy size={13} />}
    </IconButton>
  );
}
