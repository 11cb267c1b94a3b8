import type { AccountFact } from "@tongdai/shared";
import { z } from "zod";
import { Text } from "../kit/values.ts";
import type { FacebookConfig } from "./config.ts";
import type { Graph } from "./graph.ts";

/** Without these nobody reaches us: messages, and the page's subscription. */
const ESSENTIAL = ["pages_messaging", "pages_manage_metadata"];
/** Of comments: their post, what customers write, and to answer them. */
const OF_COMMENTS = ["pages_read_engagement", "pages_read_user_content", "pages_manage_engagement"];

const Told = z.object({
  data: z.object({
    is_valid: z.literal(true),
    /** Seconds; 0: never. */
    expires_at: z.coerce.number().int().nonnegative().catch(0),
    scopes: z.array(Text).min(1).optional().catch(undefined),
  }),
});

interface Asking {
  readonly graph: Graph;
  readonly config: Pick<FacebookConfig, "pageToken">;
  readonly signal: AbortSignal;
}

/**
 * Until when the page's token lives and which permissions it lacks; `null`: Meta did not tell. An app asks it of its own
 * tokens. Source: Meta, "Debug-Token" (`GET /debug_token`).
 */
export async function tokenFacts({ graph, config, signal }: Asking): Promise<AccountFact[] | null> {
  const query = { input_token: config.pageToken };
  const answer = await graph({ method: "GET", path: "debug_token", query, byApp: true }, signal);
  const told = answer.kind === "ok" ? Told.safeParse(answer.body).data?.data : undefined;
  if (!told) return null;
  const { expires_at: endsAt, scopes } = told;
  const missing = scopes ? [...ESSENTIAL, ...OF_COMMENTS].filter((scope) => !scopes.includes(scope)) : [];
  const blocks = missing.some((scope) => ESSENTIAL.includes(scope));
  return [
    ...(endsAt > 0 ? [{ kind: "expiry", at: endsAt * 1_000, renews: false } as const] : []),
    ...(missing.length > 0 ? [{ kind: "permissions", missing, blocks } as const] : []),
  ];
}
