import createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { authorizedFetch } from './session';

type Schemas = components['schemas'];

/** The shapes of the API by their names in its document: `Schema<'Span'>`. */
export type Schema<Name extends keyof Schemas> = Schemas[Name];

/** An answer that is no success. Its type is one of the API's stable names, `network` where nobody answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string;

  constructor(status: number, type: string, title: string, detail: string) {
    super(detail || title);
    this.name = 'ApiError';
    this.status = status;
    this.type = type;
    this.title = title;
  }

  /** Whether asking the same again later may succeed. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 503;
  }
}

const typePrefix = 'urn:otelier:error:';

/** The typed client; its answers go through {@link answer}. */
export const client = createClient<paths>({
  baseUrl: location.origin,
  fetch: authorizedFetch,
  // Lists are repeated names, as the API reads them: `groupBy=a&groupBy=b`.
  querySerializer: { array: { style: 'form', explode: true } },
});

/** The body of a successful answer; everything else is an {@link ApiError}. */
export async function answer<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let result;
  try {
    result = await request;
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    if (fault instanceof TypeError) throw new ApiError(0, 'network', 'The server does not answer', 'Nobody answers at this address just now.');
    throw fault;
  }
  if (result.data !== undefined && result.response.ok) return result.data;
  throw problemOf(result.error, result.response);
}

function problemOf(body: unknown, response: Response): ApiError {
  if (typeof body === 'object' && body !== null && 'type' in body) {
    const problem = body as { type: unknown; title?: unknown; detail?: unknown };
    const type = String(problem.type);
    return new ApiError(
      response.status,
      type.startsWith(typePrefix) ? type.slice(typePrefix.length) : type,
      String(problem.title ?? response.statusText),
      String(problem.detail ?? ''),
    );
  }
  return new ApiError(response.status, 'unknown', `${response.status} ${response.statusText}`, typeof body === 'string' ? body.slice(0, 500) : '');
}
