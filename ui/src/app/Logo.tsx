/** Three spans of a trace. */
export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M7 10h12M11 16h14M9 22h9" stroke="var(--text-on-accent)" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  );
}
