import { useState } from 'react';
import { blockText } from '@/lib/attributes';
import { formatInteger } from '@/lib/format';
import styles from './Logs.module.css';

export interface LongTextProps {
  text: string;
  /** Shown to begin with. */
  charactersMax: number;
}

/** Text as it was sent, cut where it is long; the rest is shown when asked for. */
export function LongText({ text, charactersMax }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > charactersMax;
  return (
    <>
      <bdi className={styles.text}>{blockText(isLong && !isWhole ? text.slice(0, charactersMax) : text)}</bdi>
      {isLong && (
        <>
          {isWhole ? ' ' : '… '}
          <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'show less' : `show all ${formatInteger(text.length)} characters`}
          </button>
        </>
      )}
    </>
  );
}
