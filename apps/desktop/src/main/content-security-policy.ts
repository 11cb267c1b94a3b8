/**
 * Styles may be inline because the component libraries inject `<style>`; scripts never may. `srcdoc`
 * frames inherit this policy, so customer mail is held by it too.
 */
export function contentSecurityPolicy(gatewayOrigin: string): string {
  const gateway = new URL(gatewayOrigin);
  const socket = gateway.protocol === "https:" ? "wss:" : "ws:";
  const sockets = `${socket}//${gateway.host} ${socket}//${gateway.hostname}:*`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    `img-src 'self' blob: data: ${gateway.origin}`,
    `media-src 'self' blob: ${gateway.origin}`,
    `connect-src 'self' blob: ${gateway.origin} ${sockets}`,
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
