import { AppError } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { setHealth } from "../features/channel-accounts/index.ts";
import { holdAccount } from "../store/accounts.ts";
import type { Tx } from "../store/index.ts";
import { updateOutbox } from "../store/outbox.ts";
import type { Attempt } from "./outbound-send.ts";

export interface Pause {
  readonly state: "login_needed" | "restricted";
  readonly detail: string;
}

/** What was tried waits with its account, whose trouble is told once. */
export async function pauseWith(tx: Tx, ctx: Ctx, a: Attempt, { state, detail }: Pause): Promise<void> {
  const account = await holdAccount(tx, a.account.id);
  // The refusal was the account's: it is no attempt of the row.
  await updateOutbox(tx, a.row.id, { state: "held", lease_until: null, attempts: a.row.attempts - 1 });
  // Everything on its way is refused alike, each time with a trace of its own: that is one alarm.
  if (account?.health !== state) await setHealth(tx, ctx, { accountId: a.account.id, state, error: detail });
}

const Details = z.object({ state: z.enum(["login_needed", "restricted"]) });

/** What an account's refusal to act or to tell says of the account as a whole, if anything. */
export function pauseOf(error: unknown): Pause | null {
  if (!(error instanceof AppError) || error.code !== "channel_paused") return null;
  const details = Details.safeParse(error.details);
  return details.success ? { state: details.data.state, detail: error.message } : null;
}
