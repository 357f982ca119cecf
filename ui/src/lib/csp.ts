/** The nonce by which this page's own style elements are allowed (CodeMirror writes one). */
export function styleNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}
