import { AccountFact, accountAlarms, nextAlarmAt } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { holdAccount, updateAccount } from "../../store/accounts.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { cancelTimer, setTimer } from "../timers/index.ts";
import { accountChanged } from "./health.ts";

const Facts = z.array(AccountFact);

export const factsOf = ({ facts }: Pick<ChannelAccountRow, "facts">): AccountFact[] =>
  facts === "[]" ? [] : fromJson(Facts, facts);

/** Keeps what a check has told of an account, and raises or ends the alarms that follow from it. `undefined`: it told nothing. */
export async function noteFacts(
  tx: Tx,
  ctx: Ctx,
  { accountId, facts }: { accountId: string; facts: readonly AccountFact[] | undefined },
): Promise<void> {
  if (!facts) return;
  await updateAccount(tx, accountId, { facts: JSON.stringify(facts), facts_at: ctx.clock.now() });
  await lookForAlarms(tx, ctx, accountId);
}

/** What the timer `account_alarm` holds before it is taken: whoever sets it holds the same first. */
export const alarmTurn = async (tx: Tx, accountId: string): Promise<void> => {
  await holdAccount(tx, accountId);
};

/** Timer `account_alarm`: time alone makes an alarm of a fact, and ends one. Tells of a change, and sets the next look. */
export async function lookForAlarms(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  const row = await holdAccount(tx, accountId);
  if (!row) return;
  const now = ctx.clock.now();
  const facts = factsOf(row);
  const alarms = JSON.stringify(accountAlarms(facts, now));
  const timer = { kind: "account_alarm", subjectId: accountId };
  const dueAt = nextAlarmAt(facts, now);
  if (dueAt === null) await cancelTimer(tx, timer);
  else await setTimer(tx, ctx, { ...timer, dueAt });
  if (alarms === row.alarms) return;
  await updateAccount(tx, accountId, { alarms });
  await accountChanged(tx, ctx, { row: { ...row, alarms }, actorId: null });
}
