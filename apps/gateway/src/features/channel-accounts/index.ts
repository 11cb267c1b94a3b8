import type { Handlers } from "../../realtime/handler.ts";
import { tellBacklog } from "./backlog.ts";
import { checkAccount } from "./check-account.ts";
import { beginConsent } from "./consent.ts";
import { saveAccount } from "./save-account.ts";
import { tellSetup } from "./setup.ts";

export { BroughtAccount, bringAccount, lacksSecrets, openConfigOf } from "./bring-account.ts";
export { finishConsent } from "./consent.ts";
export { alarmTurn, factsOf, lookForAlarms } from "./facts.ts";
export { type Health, isPaused, lookForSilence, setHealth } from "./health.ts";
export { accountsAt, openAccount } from "./open-account.ts";
export { toAccount } from "./present.ts";
export { saveAccount } from "./save-account.ts";
export { planNextWatch, takeForUnreachable, watchAccount, watchAllAccounts } from "./watch-account.ts";

export const handlers = {
  "channel_account.save": async (ctx, caller, input) => ({
    account: await saveAccount(ctx, caller, input),
  }),
  "channel_account.check": async (ctx, caller, input) => ({
    account: await checkAccount(ctx, caller, input.accountId),
  }),
  "channel_account.connect": (ctx, caller, input) => beginConsent(ctx, caller, input.accountId),
  "channel_account.setup": (ctx, _caller, input) => tellSetup(ctx, input.accountId),
  "channel_account.backlog": (ctx) => tellBacklog(ctx),
} satisfies Pick<
  Handlers,
  | "channel_account.save"
  | "channel_account.check"
  | "channel_account.connect"
  | "channel_account.setup"
  | "channel_account.backlog"
>;
