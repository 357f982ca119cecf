/** From which share of errors on a thing is to be seen, and from which on it is loud. */
const notable = 0.01;
const alarming = 0.05;

export type Tone = 'error' | 'warn' | 'none' | undefined;

/** How loud a share of errors is: the same on every page. */
export function errorTone(share: number): Tone {
  if (share >= alarming) return 'error';
  if (share >= notable) return 'warn';
  return share === 0 ? 'none' : undefined;
}
