import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readBody } from "../kit/body.ts";
import { listen } from "../kit/listen.ts";

export interface TokenDoor {
  /** `host:port`. */
  readonly host: string;
  /** Where programs renew. */
  readonly tokenUrl: string;
  /** Where a server asks about the token that it puts at the end. */
  readonly introspectionUrl: string;
  /** How often tokens were given. */
  readonly grants: number;
  /** A new permission of a mailbox's owner; what was given before stays good. @returns the refresh token */
  permit(user: string): string;
  /** Access tokens end, all of them, sooner than was said. */
  endAccess(): void;
  /** Permissions are taken back. */
  revoke(): void;
  /** Who a good access token is of. */
  userOf(token: string): string | null;
  close(): Promise<void>;
}

export const CLIENT = { clientId: "tongdai-test", clientSecret: "bi-mat-cua-ung-dung" } as const;

/**
 * A provider's login by token: RFC 6749, 5 and 6; RFC 7662. A refresh token is good for one use, as the strictest providers
 * have it.
 */
export async function startTokenDoor(): Promise<TokenDoor> {
  const access = new Map<string, string>();
  const refresh = new Map<string, string>();
  let grants = 0;
  const made = (kept: Map<string, string>, user: string): string => {
    const token = randomUUID();
    kept.set(token, user);
    return token;
  };

  /** @returns status and body */
  function grant(form: URLSearchParams): [number, object] {
    if (form.get("client_id") !== CLIENT.clientId || form.get("client_secret") !== CLIENT.clientSecret)
      return [401, { error: "invalid_client" }];
    if (form.get("grant_type") !== "refresh_token") return [400, { error: "unsupported_grant_type" }];
    const used = form.get("refresh_token") ?? "";
    const user = refresh.get(used);
    if (user === undefined)
      return [400, { error: "invalid_grant", error_description: "expired, revoked or used" }];
    refresh.delete(used);
    grants++;
    return [
      200,
      {
        token_type: "Bearer",
        expires_in: 3599,
        access_token: made(access, user),
        refresh_token: made(refresh, user),
      },
    ];
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://door");
    if (url.pathname === "/token" && request.method === "POST") {
      const form = new URLSearchParams((await readBody(request, 10_000)).toString("utf8"));
      return answer(response, ...grant(form));
    }
    if (url.pathname === "/introspect") {
      const user = access.get(url.searchParams.get("token") ?? "");
      return answer(response, 200, user === undefined ? { active: false } : { active: true, email: user });
    }
    return answer(response, 404, { error: "not_found" });
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  const url = await listen(server, { port: 0, host: "127.0.0.1" });

  return {
    host: new URL(url).host,
    tokenUrl: `${url}/token`,
    introspectionUrl: `${url}/introspect?token=`,
    get grants() {
      return grants;
    },
    permit: (user) => made(refresh, user),
    endAccess: () => access.clear(),
    revoke: () => refresh.clear(),
    userOf: (token) => access.get(token) ?? null,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const answer = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
