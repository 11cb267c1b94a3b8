import type { SupervisorAct } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { audit } from "../audit/index.ts";

/** Audits what a supervisor did beside a conversation; the agent is told of a visible joining. */
export async function tellCompany(
  tx: Tx,
  ctx: Ctx,
  o: {
    caller: Caller;
    act: Extract<SupervisorAct, "joined" | "listened" | "left" | "whispered">;
    view: ConversationView;
  },
): Promise<void> {
  const { caller, act, view } = o;
  await audit(tx, ctx, {
    by: caller,
    action: `supervisor.${act}`,
    target: view.owner_id ?? view.id,
    detail: { conversationId: view.id, interactionId: view.i_id },
  });
  if (act !== "joined" || view.owner_id === null) return;
  tx.journal({
    name: "supervisor.acted",
    at: ctx.clock.now(),
    actorId: caller.userId,
    scopes: [`user:${view.owner_id}`],
    data: { act, agentId: view.owner_id, conversationId: view.id, note: "" },
  });
}
