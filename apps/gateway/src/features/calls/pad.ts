import { type CommandOutput, dayStart, maskText } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { countDials, dialsOf } from "../../store/dials.ts";
import { callerNumbers } from "./caller-numbers.ts";
import { readOutboundRules } from "./outbound-rules.ts";

/** Looked through for different people. */
const LOOKED_AT = 50;
const SHOWN = 8;

export async function pad(ctx: Ctx, caller: Caller): Promise<CommandOutput<"call.pad">> {
  const { store, clock, config } = ctx;
  const { userId } = caller;
  const rules = await readOutboundRules(store);
  const since = dayStart(config.timeZone, clock.now());
  const used = await countDials(store, { since, userId });
  return {
    callers: await callerNumbers(store, ctx, { caller, rules }),
    recent: await recentOf(ctx, userId),
    left: rules.perAgent === null ? null : Math.max(0, rules.perAgent - used),
  };
}

async function recentOf(ctx: Ctx, userId: string): Promise<CommandOutput<"call.pad">["recent"]> {
  const recent: CommandOutput<"call.pad">["recent"] = [];
  const seen = new Set<string>();
  for (const { number, conversation_id, at } of await dialsOf(ctx.store, userId, LOOKED_AT)) {
    if (seen.has(number) || recent.length === SHOWN) continue;
    seen.add(number);
    const view = await conversationById(ctx.store, conversation_id);
    if (view)
      recent.push({
        conversationId: view.id,
        identityId: view.identity_id,
        name: maskText(view.customer_name),
        number: maskText(number),
        at,
      });
  }
  return recent;
}
