import { maskText } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import type { AgentRow } from "../../store/people.ts";
import type { InteractionRow } from "../../store/schema.ts";

/** Tells supervisors who is gone and what became of the work; nothing to tell when somebody signed off with empty hands. */
export async function tellDeparted(
  tx: Tx,
  ctx: Ctx,
  { agent, work }: { agent: AgentRow; work: readonly InteractionRow[] },
): Promise<void> {
  const why = agent.state === "offline" ? "signed_off" : "lost";
  if (why === "signed_off" && work.length === 0) return;
  const named = [];
  for (const row of work) {
    const view = await conversationById(tx, row.conversation_id);
    named.push({
      interactionId: row.id,
      conversationId: row.conversation_id,
      queueId: row.queue_id,
      customerName: maskText(view?.customer_name ?? ""),
    });
  }
  const since = why === "lost" ? (agent.lost_at ?? agent.since) : agent.since;
  tx.journal({
    name: "agent.departed",
    at: ctx.clock.now(),
    actorId: null,
    scopes: ["floor"],
    data: { agentId: agent.user_id, why, since, work: named },
  });
}
