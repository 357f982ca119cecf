declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  interface SwaggerUiOptions {
    url: string;
    domNode: HTMLElement;
    deepLinking?: boolean;
    docExpansion?: 'none' | 'list' | 'full';
    filter?: boolean;
    tryItOutEnabled?: boolean;
    displayRequestDuration?: boolean;
    defaultModelsExpandDepth?: number;
    validatorUrl?: string | null;
    requestInterceptor?: (request: object) => object;
  }
  export default function SwaggerUi(options: SwaggerUiOptions): unknown;
}
