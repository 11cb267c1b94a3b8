import {
  type AgentState,
  ChannelId,
  type CommandOutput,
  type CommandParsed,
  maskText,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { interactionsOwnedBy } from "../../store/interactions.ts";
import { updateAgent } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { cancelTimer } from "../timers/index.ts";
import { assertByHand } from "./by-phone.ts";
import { because, getInteraction } from "./change.ts";
import { withdrawOffersTo } from "./offers.ts";
import { parkIn } from "./park.ts";
import { changeState } from "./presence.ts";
import { returnToQueue } from "./return-to-queue.ts";
import { readStateRules } from "./state-rules.ts";
import { transferIn } from "./transfer.ts";

const HOUR = 3_600_000;

/** What the caller would leave behind. */
export async function inHand(ctx: Ctx, caller: Caller): Promise<CommandOutput<"agent.in_hand">> {
  const q = ctx.store;
  const work: CommandOutput<"agent.in_hand">["work"] = [];
  for (const row of await interactionsOwnedBy(q, caller.userId)) {
    const view = await conversationById(q, row.conversation_id);
    if (row.state !== "active" && row.state !== "parked" && row.state !== "wrap_up") continue;
    work.push({
      interactionId: row.id,
      conversationId: row.conversation_id,
      channel: ChannelId.parse(row.channel),
      customerName: maskText(view?.customer_name ?? ""),
      state: row.state,
    });
  }
  const { keepHours } = await readStateRules(q);
  return { work, keepUntil: ctx.clock.now() + keepHours * HOUR };
}

/**
 * Signs the caller off; what is in hand goes where they say, all of it or nothing. Throws `conflict` when the person named is
 * not there, `illegal_transition` while a call goes on.
 */
export function signOff(
  ctx: Ctx,
  caller: Caller,
  { work, note }: CommandParsed<"agent.sign_off">,
): Promise<AgentState> {
  const { userId } = caller;
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const until = ctx.clock.now() + (await readStateRules(tx)).keepHours * HOUR;
    // First of all: what is accepted from here on is no more, and what was accepted by now is in hand.
    await withdrawOffersTo(tx, ctx, userId);
    for (const { id } of await interactionsOwnedBy(tx, userId)) {
      const was = await getInteraction(tx, id);
      if (was.owner_id !== userId || (was.state !== "active" && was.state !== "parked")) continue;
      if (was.state === "active") assertByHand(ctx, was);
      if (work.what === "hand") await transferIn(tx, ctx, { caller, was, to: { userId: work.userId }, note });
      else if (work.what === "return" || was.work === "call") await giveBack(tx, ctx, was, note);
      // What is parked already comes back at its own time.
      else if (was.state === "active")
        await parkIn(tx, ctx, { was, until, returnTo: "agent", note, actorId: userId });
    }
    const agent = await changeState(tx, ctx, { userId, state: "offline", by: caller });
    if (work.what === "keep") await updateAgent(tx, userId, { keeps_until: until });
    // Nothing is left that a grace would be for.
    await cancelTimer(tx, { kind: "agent_gone", subjectId: userId });
    return agent;
  });
}

const giveBack = (tx: Tx, ctx: Ctx, was: InteractionRow, note: string): Promise<InteractionRow> =>
  returnToQueue(tx, ctx, {
    was,
    change: { last_agent_id: null, declined_by: "[]" },
    step: {
      event: "interaction.requeued",
      reasons: because("agent_signed_off"),
      actorId: was.owner_id,
      ...(was.owner_id === null ? {} : { userId: was.owner_id }),
      note,
    },
  });
