import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { answer, ApiError, client } from '@/api/client';
import { queryClient } from '@/api/queryClient';
import { open } from '@/api/session';
import { Button } from '@/components/controls/Button';
import styles from './Login.module.css';

const unauthenticated = 401;

/** Stands in for the page while the server wants a key; afterwards the page is where it was. */
export default function LoginPage() {
  const [apiKey, setApiKey] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const login = useMutation({
    mutationFn: async () => {
      const request = client.POST('/api/v1/auth/token', { body: { apiKey: apiKey.trim() } });
      const token = await answer(request);
      return { token, date: (await request).response.headers.get('date') };
    },
    onSuccess: ({ token, date }) => {
      // What another person saw is not shown to this one.
      queryClient.removeQueries({ predicate: (query) => query.meta?.background !== true });
      open(token, date);
    },
    onError: () => input.current?.select(),
  });
  useEffect(() => {
    document.title = 'Log in · Otelier';
    input.current?.focus();
  }, []);
  return (
    <div className={styles.page}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate();
        }}
      >
        <KeyRound size={22} className={styles.icon} aria-hidden />
        <h1>Log in</h1>
        <p>This server wants an API key. It is exchanged for a token that ends with this tab; the key itself is not kept.</p>
        <label htmlFor="api-key">API key</label>
        <input
          id="api-key"
          ref={input}
          type="password"
          autoComplete="current-password"
          spellCheck={false}
          placeholder="otl_…"
          value={apiKey}
          aria-invalid={login.isError}
          aria-describedby={login.isError ? 'api-key-problem' : undefined}
          onChange={(event) => setApiKey(event.target.value)}
        />
        {login.isError && (
          <p id="api-key-problem" role="alert" className={styles.problem}>
            {problemOf(login.error)}
          </p>
        )}
        <Button type="submit" look="primary" disabled={apiKey.trim() === '' || login.isPending}>
          {login.isPending ? 'Asking …' : 'Log in'}
        </Button>
        <p className={styles.hint}>
          The first admin key was printed on the console when the server started for the first time; further ones are made under Admin, API keys. A key of the role <code>viewer</code> is enough to look at
          everything.
        </p>
      </form>
    </div>
  );
}

function problemOf(error: Error): string {
  return error instanceof ApiError && error.status === unauthenticated && !error.message ? 'The server does not know this key.' : error.message;
}
