import { AppError } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck } from "../channel.ts";
import { Text, VendorId } from "../kit/values.ts";
import type { FacebookConfig } from "./config.ts";
import { accountState, refusal } from "./errors.ts";
import type { Graph, Trouble } from "./graph.ts";
import { tokenFacts } from "./token-facts.ts";

/** Comments beneath the page's posts: Meta sends them to apps with a permission of their own. */
const COMMENTS = "feed";

/** Webhook fields that this adapter reads. */
export const neededFields = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "message_deliveries",
  "message_reads",
  "message_echoes",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "messaging_optins",
  "messaging_account_linking",
  "messaging_policy_enforcement",
  "standby",
  COMMENTS,
] as const;

const Page = z.object({ id: VendorId, name: Text.nullish().catch(null) });
const Subscription = z.object({
  id: VendorId,
  subscribed_fields: z.array(z.string().catch("")).catch([]),
});
const Subscriptions = z.object({ data: z.array(z.unknown()) });

interface Asking {
  readonly graph: Graph;
  readonly config: FacebookConfig;
  readonly signal: AbortSignal;
}

/**
 * Whether the token lives and belongs to the page, and whether the page delivers to our app; where a field is missing the
 * page is subscribed again, because Meta switches the subscription off after an hour of failed deliveries. The fields that
 * the app itself subscribes to (its dashboard) cannot be seen with a page token. Source: Meta, "Webhooks", subscribed apps.
 * @throws AppError `unavailable` or `channel_refused` for trouble that says nothing about the account
 */
export async function checkAccount(asking: Asking): Promise<AccountCheck> {
  const { graph, config, signal } = asking;
  const answer = await graph({ method: "GET", path: "me", query: { fields: "id,name" } }, signal);
  if (answer.kind !== "ok") return asCheck(answer, null);
  const page = understand(Page, answer.body);
  const name = page.name ?? null;
  if (page.id !== config.pageId) {
    return { state: "login_needed", name, detail: `the token belongs to page ${page.id}` };
  }
  const found = await checkSubscription(asking, name);
  const facts = found.state === "ok" ? await tokenFacts(asking) : null;
  return facts ? { ...found, facts } : found;
}

async function checkSubscription(asking: Asking, name: string | null): Promise<AccountCheck> {
  const { graph, config, signal } = asking;
  const path = `${config.pageId}/subscribed_apps`;
  const answer = await graph({ method: "GET", path }, signal);
  if (answer.kind !== "ok") return asCheck(answer, name);
  const present = ourFields(understand(Subscriptions, answer.body).data, config.appId);
  const missing = neededFields.filter((field) => !present.includes(field));
  if (missing.length === 0) return { state: "ok", name, detail: null };
  // The new list replaces the old one, so what somebody else added stays in it.
  const wanted = [...new Set([...present, ...neededFields])];
  const subscribe = (fields: readonly string[]) =>
    graph({ method: "POST", path, query: { subscribed_fields: fields.join(",") } }, signal);
  const again = await subscribe(wanted);
  if (again.kind === "ok") return { state: "ok", name, detail: `subscribed again: ${missing.join(", ")}` };
  // Without the permission for comments the whole list is refused, and messages must not be lost with them.
  if (missing.includes(COMMENTS) && missing.length > 1 && lacksPermission(again)) {
    const less = await subscribe(wanted.filter((field) => field !== COMMENTS));
    if (less.kind === "ok") return unsubscribed(again, name, [COMMENTS]);
  }
  return unsubscribed(again, name, missing);
}

function ourFields(subscriptions: readonly unknown[], appId: string): string[] {
  const ours = subscriptions.flatMap((s) => Subscription.safeParse(s).data ?? []).find((s) => s.id === appId);
  return ours?.subscribed_fields.filter(Boolean) ?? [];
}

/** Without `messages` nobody can write to us; any other field missing is a shortcoming. */
function unsubscribed(trouble: Trouble, name: string | null, missing: readonly string[]): AccountCheck {
  const error = refusal(trouble);
  if (accountState(trouble) !== null || error.code === "unavailable") return asCheck(trouble, name);
  const state = missing.includes("messages") ? "disabled" : "ok";
  return { state, name, detail: `not subscribed to ${missing.join(", ")}: ${error.message}` };
}

/** A missing permission is mended by logging in again with it. */
const lacksPermission = (t: Trouble): boolean => t.kind === "refused" && (t.code === 10 || t.code === 200);

function asCheck(trouble: Trouble, name: string | null): AccountCheck {
  const state = accountState(trouble) ?? (lacksPermission(trouble) ? "login_needed" : null);
  if (state === null) throw refusal(trouble);
  return { state, name, detail: trouble.detail };
}

function understand<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new AppError("unavailable", "Graph's answer has an unknown shape");
  return parsed.data;
}
