import type { Tx } from "../../store/index.ts";
import { type AgentRow, agentById } from "../../store/people.ts";
import { hasTimer } from "../timers/index.ts";

/** The agent, if signed off or lost for so long that no grace is left. */
export async function whoIsGone(tx: Tx, userId: string): Promise<AgentRow | undefined> {
  const agent = await agentById(tx, userId);
  if (!agent || (agent.state !== "offline" && agent.lost_at === null)) return undefined;
  return (await hasTimer(tx, { kind: "agent_gone", subjectId: userId })) ? undefined : agent;
}
