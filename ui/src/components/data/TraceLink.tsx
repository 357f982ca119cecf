import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export interface TraceLinkProps {
  traceId: string;
  /** The span the trace opens at. */
  spanId?: string;
  className?: string;
  children: ReactNode;
}

/** To a trace, and in it to a span: how every page says it. */
export function TraceLink({ traceId, spanId, className, children }: TraceLinkProps) {
  return (
    <Link to={tracePath(traceId)} search={{ span: spanId } as never} className={className}>
      {children}
    </Link>
  );
}

export function tracePath(traceId: string): string {
  return `/traces/${traceId}`;
}
