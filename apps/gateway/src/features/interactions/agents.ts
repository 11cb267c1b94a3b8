import type { Ctx } from "../../context.ts";
import { toAgentState } from "../../presenters/people.ts";
import type { Tx } from "../../store/index.ts";
import { agentById, updateAgent } from "../../store/people.ts";
import type { AgentStateRow } from "../../store/schema.ts";
import { timeState } from "./overdue.ts";
import { releaseNamed } from "./release-named.ts";

/** Changes an agent's row, where there is one, and tells everybody the agent's state and load as they are now. */
export async function changeAgent(
  tx: Tx,
  ctx: Ctx,
  o: { userId: string; change?: Partial<AgentStateRow>; actorId?: string | null },
): Promise<void> {
  if (o.change && Object.keys(o.change).length > 0) await updateAgent(tx, o.userId, o.change);
  if (o.change?.state !== undefined) await timeState(tx, ctx, o.userId);
  // What was handed to this person alone must not wait for somebody who is not there.
  if (o.change?.state !== undefined && o.change.state !== "available") await releaseNamed(tx, ctx, o.userId);
  const agent = await agentById(tx, o.userId);
  if (!agent) return;
  tx.journal({
    name: "agent.changed",
    at: ctx.clock.now(),
    actorId: o.actorId ?? null,
    scopes: ["org"],
    data: { agent: toAgentState(agent) },
  });
  tx.afterCommit(ctx.wake.router);
}
