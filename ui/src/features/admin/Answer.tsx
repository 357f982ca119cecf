import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError, type Schema } from '@/api/client';
import { EmptyState, ErrorState, SkeletonLines, Warnings } from '@/components/states/StateViews';

const forbidden = 403;

interface AnswerProps<Data> {
  query: UseQueryResult<Data, Error>;
  /** Who may see it, in words: `an admin`. */
  audience: string;
  children: (data: Data) => ReactNode;
}

/** What a question came to: not there yet, refused, failed, or the answer. */
export function Answer<Data>({ query, audience, children }: AnswerProps<Data>) {
  if (query.error instanceof ApiError && query.error.status === forbidden)
    return <EmptyState title={`This is for ${audience}`}>The key you came with may not see it. {query.error.message}</EmptyState>;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <SkeletonLines count={6} />;
  const { warnings } = query.data as { warnings?: Schema<'Warnings'> };
  return (
    <>
      <Warnings warnings={warnings} />
      {children(query.data)}
    </>
  );
}
