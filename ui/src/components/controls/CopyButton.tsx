import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { copyText } from '@/lib/clipboard';
import { IconButton } from './Button';

const shownMillis = 1200;

export interface CopyButtonProps {
  text: string;
  /** What is copied: `Copy trace id`. */
  label?: string;
  /** Instead of the two sheets, where several stand beside each other. */
  icon?: ReactNode;
}

export function CopyButton({ text, label = 'Copy', icon = <Copy size={13} /> }: CopyButtonProps) {
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
      {state === 'copied' ? <Check size={13} /> : icon}
    </IconButton>
  );
}
