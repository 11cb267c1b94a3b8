import type { SupervisorAct } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { audit } from "../audit/index.ts";

/** Audits what a supervisor did on the floor, and tells the agent whom it concerns. */
export async function recordAct(
  tx: Tx,
  ctx: Ctx,
  o: {
    caller: Caller;
    act: SupervisorAct;
    note: string;
    agentId: string | null;
    work?: InteractionRow;
    detail?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { caller, act, note, agentId, work } = o;
  await audit(tx, ctx, {
    by: caller,
    action: `supervisor.${act}`,
    target: agentId ?? work?.id ?? caller.userId,
    detail: { ...(work ? { interactionId: work.id } : {}), ...o.detail, note },
  });
  if (agentId === null || agentId === caller.userId) return;
  tx.journal({
    name: "supervisor.acted",
    at: ctx.clock.now(),
    actorId: caller.userId,
    scopes: [`user:${agentId}`],
    data: { act, agentId, conversationId: work?.conversation_id ?? null, note },
  });
}
