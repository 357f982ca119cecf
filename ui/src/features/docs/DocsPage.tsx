import 'swagger-ui-dist/swagger-ui.css';
import { useEffect, useRef } from 'react';
import SwaggerUi from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import { authorizedFetch } from '@/api/session';
import { Page } from '@/components/layout/Page';
import { useShownTheme } from '@/lib/preferences';
import styles from './Docs.module.css';

const address = '/openapi/v1.json';

/** The API's document, to read and to try. */
export default function DocsPage() {
  const host = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  useEffect(() => {
    const element = host.current!;
    SwaggerUi({
      url: address,
      domNode: element,
      deepLinking: false,
      docExpansion: 'none',
      filter: true,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
      // Nobody else is asked whether the document is valid.
      validatorUrl: null,
      // What is tried is asked like everything else: with the token, where there is one.
      requestInterceptor: (request) => ({ ...request, userFetch: (url: string, init: RequestInit) => authorizedFetch(new Request(url, init)) }),
    });
    return () => element.replaceChildren();
  }, []);
  // Its style sheet looks for its dark theme at the root of the document.
  useEffect(() => {
    document.documentElement.classList.toggle('dark-mode', theme === 'dark');
    return () => document.documentElement.classList.remove('dark-mode');
  }, [theme]);
  return (
    <Page title="API" timeRange={false} actions={<a href={address}>{address}</a>}>
      <div ref={host} className={styles.docs} />
    </Page>
  );
}
