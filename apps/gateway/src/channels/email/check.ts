import { type AccountFact, AppError } from "@tongdai/shared";
import type { AccountCheck } from "../channel.ts";
import type { EmailConfig } from "./config.ts";
import { type Mailbox, openMailbox, whileConnected } from "./imap.ts";
import type { LoginSource } from "./login.ts";
import { reach } from "./send.ts";
import { outcomeOf } from "./smtp-errors.ts";

/** Whether both servers know us. @throws AppError `unavailable` for trouble that says nothing about the account */
export async function checkAccount(
  o: { readonly config: EmailConfig; readonly logins: LoginSource },
  signal: AbortSignal,
): Promise<AccountCheck> {
  const name = o.config.displayName || o.config.address;
  let facts: AccountFact[];
  try {
    const mailbox = await openMailbox(o.config, o.logins, signal);
    facts = await roomIn(mailbox).finally(mailbox.close);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "channel_paused") throw error;
    return { state: "login_needed", name, detail: error.message };
  }
  try {
    const smtp = await reach(o, signal);
    smtp.close();
  } catch (error) {
    if (error instanceof AppError && error.code !== "channel_paused") throw error;
    if (error instanceof AppError) return { state: "login_needed", name, detail: error.message };
    const outcome = outcomeOf(error);
    if (outcome.kind === "paused") return { state: outcome.state, name, detail: outcome.detail };
    throw new AppError("unavailable", `SMTP: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { state: "ok", name, detail: null, facts };
}

/** How many bytes more the mailbox holds (RFC 9208), where its server tells: a full one takes in no letter. */
async function roomIn({ client, lost }: Mailbox): Promise<AccountFact[]> {
  const told = await whileConnected(lost, client.getQuota("INBOX"));
  const { usage = 0, limit = 0 } = (told === false ? undefined : told.storage) ?? {};
  if (limit === 0) return [];
  return [{ kind: "quota", of: "storage", left: Math.max(0, limit - usage), total: limit, resetsAt: null }];
}
