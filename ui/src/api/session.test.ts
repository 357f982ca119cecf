import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { authorizedFetch, close, getAccess, open } from './session';

const token = (name: string) => ({ token: name, refreshToken: `${name}-refresh`, tokenType: 'Bearer' as const, expiresAt: '2026-03-01T13:00:00Z', tenant: 'default', role: 'viewer' as const });
const serverDate = 'Sun, 01 Mar 2026 12:00:00 GMT';
const ask = () => authorizedFetch(new Request('http://localhost/api/v1/services', { method: 'POST', body: '{"q":1}' }));

interface Sent {
  path: string;
  authorization: string | null;
  body: string;
}

let sent: Sent[];
let respond: (request: Sent) => Response;

beforeEach(async () => {
  sent = [];
  respond = () => new Response('{}');
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(`http://localhost${input}`, init) : input;
    const one = { path: new URL(request.url).pathname, authorization: request.headers.get('authorization'), body: await request.text() };
    sent.push(one);
    return respond(one);
  });
  await close();
  sent = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a request without a session carries nothing, and a 401 locks', async () => {
  respond = () => new Response('', { status: 401 });
  expect((await ask()).status).toBe(401);
  expect(sent.map((one) => one.authorization)).toEqual([null]);
  expect(getAccess()).toEqual({ session: undefined, isLocked: true });
});

test('a session is carried and kept for the tab', async () => {
  open(token('a'), serverDate);
  await ask();
  expect(sent[0]!.authorization).toBe('Bearer a');
  expect(sessionStorage.getItem('otelier.session')).toContain('a-refresh');
  expect(getAccess().isLocked).toBe(false);
});

test('a token that is refused is renewed once for all, and the same body is sent again', async () => {
  open(token('old'), serverDate);
  respond = ({ path, authorization }) => {
    if (path.endsWith('/refresh')) return Response.json(token('new'));
    return new Response('', { status: authorization === 'Bearer new' ? 200 : 401 });
  };
  const answers = await Promise.all([ask(), ask()]);
  expect(answers.map((one) => one.status)).toEqual([200, 200]);
  expect(sent.filter((one) => one.path.endsWith('/refresh'))).toHaveLength(1);
  expect(sent.filter((one) => one.authorization === 'Bearer new').map((one) => one.body)).toEqual(['{"q":1}', '{"q":1}']);
});

test('a session that cannot be renewed ends', async () => {
  open(token('old'), serverDate);
  respond = () => new Response('', { status: 401 });
  expect((await ask()).status).toBe(401);
  expect(getAccess()).toEqual({ session: undefined, isLocked: true });
  expect(sessionStorage.getItem('otelier.session')).toBeNull();
});

test('a token is renewed before it expires, by the clock of the server', async () => {
  // This browser is two hours behind.
  vi.useFakeTimers({ now: Date.parse('2026-03-01T10:00:00Z') });
  open(token('old'), serverDate);
  respond = ({ path }) => (path.endsWith('/refresh') ? Response.json(token('new')) : new Response('{}'));
  await ask();
  expect(sent.map((one) => one.path)).toEqual(['/api/v1/services']);
  vi.setSystemTime(Date.parse('2026-03-01T10:49:00Z'));
  await ask();
  expect(sent.at(-1)!.authorization).toBe('Bearer new');
});

test('logging out voids both tokens', async () => {
  open(token('a'), serverDate);
  await close();
  expect(sent.map((one) => `${one.path} ${one.body}`)).toEqual(['/api/v1/auth/revoke {"token":"a"}', '/api/v1/auth/revoke {"token":"a-refresh"}']);
  expect(getAccess()).toEqual({ session: undefined, isLocked: true });
});
