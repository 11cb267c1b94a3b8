import { readFile } from "node:fs/promises";
import { protocol, type Session } from "electron";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { APP_SCHEME } from "./origin.ts";
import { contentTypeOf, rendererFile } from "./renderer-file.ts";

/** Before the app is ready. `stream` lets <audio> play what protocol.handle answers; nothing bypasses the CSP. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

export interface RendererSource {
  root: string;
  gatewayUrl: () => string;
}

export function serveRenderer(session: Session, source: RendererSource): void {
  session.protocol.handle(APP_SCHEME, (request) => answer(request, source));
}

async function answer(request: Request, { root, gatewayUrl }: RendererSource): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
  const path = rendererFile(root, request.url);
  const bytes = path ? await readFile(path).catch(() => undefined) : undefined;
  if (!path || !bytes) return refuse(404);
  return new Response(request.method === "HEAD" ? null : new Uint8Array(bytes), {
    headers: {
      "content-type": contentTypeOf(path),
      "content-security-policy": contentSecurityPolicy(gatewayUrl()),
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
  });
}

const refuse = (status: number): Response =>
  new Response(null, { status, headers: { "content-security-policy": "default-src 'none'" } });
