import { AppError, type CommandParsed, changesBetween, type StateRules } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { allAgents } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import { writeSetting } from "../../store/settings.ts";
import { audit } from "../audit/index.ts";
import { changeAgent } from "./agents.ts";
import { overAt } from "./overdue.ts";
import { readStateRules, STATE_RULES } from "./state-rules.ts";

type Input = CommandParsed<"state_rules.save">;

/**
 * Changes the reasons of being away and the longest times: for everybody, also for those who are in such a state now. Throws
 * `conflict` when somebody was quicker, `invalid_input` for reasons that nobody could tell apart or that are missing.
 */
export function saveStateRules(ctx: Ctx, caller: Caller, input: Input): Promise<StateRules> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = await readStateRules(tx);
    assertFresh(was, input.version);
    if (input.reasons.some((r) => r.id !== null && !was.reasons.some((known) => known.id === r.id)))
      throw refusal("no such reason");
    const stateRules: StateRules = {
      ...input,
      reasons: input.reasons.map((r) => ({ ...r, id: r.id ?? newId() })),
      version: nextVersion(was),
    };
    assertComplete(was, stateRules);
    await writeSetting(tx, STATE_RULES, JSON.stringify(stateRules));
    const at = ctx.clock.now();
    tx.journal({
      name: "state_rules.saved",
      at,
      actorId: caller.userId,
      scopes: ["org"],
      data: { stateRules },
    });
    const detail = { changes: changesBetween(shortly(was), shortly(stateRules)) };
    await audit(tx, ctx, { by: caller, action: "state_rules.saved", target: STATE_RULES, detail });
    await retime(tx, ctx, stateRules);
    return stateRules;
  });
}

function assertComplete(was: StateRules, { reasons }: StateRules): void {
  const ids = new Set(reasons.map((r) => r.id));
  if (ids.size < reasons.length) throw refusal("the same reason twice");
  if (was.reasons.some((r) => !ids.has(r.id))) throw refusal("a reason is retired, not removed");
  const chosen = reasons.filter((r) => !r.retired);
  if (chosen.length === 0) throw refusal("at least one reason must be there to choose");
  for (const language of ["vi", "en"] as const)
    if (new Set(chosen.map((r) => r.name[language].toLowerCase())).size < chosen.length)
      throw refusal("two reasons have the same name");
}

const refusal = (why: string) => new AppError("invalid_input", why, { field: "reasons" });

/** Those who are in a state whose longest time is another one now. */
async function retime(tx: Tx, ctx: Ctx, rules: StateRules): Promise<void> {
  for (const agent of await allAgents(tx))
    if (overAt(rules, agent) !== agent.over_at)
      await changeAgent(tx, ctx, { userId: agent.user_id, change: { state: agent.state } });
}

const shortly = ({ reasons, maxMinutes, keepHours }: StateRules) => ({
  reasons: reasons.map(
    (r) => `${r.name.vi}${r.maxMinutes ? ` ${r.maxMinutes}′` : ""}${r.retired ? " ×" : ""}`,
  ),
  maxMinutes,
  keepHours,
});
