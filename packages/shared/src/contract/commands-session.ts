import { z } from "zod";
import { ChannelAccount, ChannelInfo } from "./channel-info.ts";
import { command } from "./command.ts";
import { CannedReply, Offer } from "./conversations.ts";
import { AgentState, AgentStateName, AwayReason, Queue, Session, User } from "./people.ts";
import { Id, Seq } from "./scalars.ts";
import { TicketFilter } from "./tickets.ts";

/** All that a client needs before it asks for lists; lists come by their own commands. */
export const Snapshot = z.object({
  me: User,
  permissions: z.array(z.string()),
  users: z.array(User),
  queues: z.array(Queue),
  agents: z.array(AgentState),
  channels: z.array(ChannelInfo),
  accounts: z.array(ChannelAccount),
  offers: z.array(Offer),
  cannedReplies: z.array(CannedReply),
  ticketFilters: z.array(TicketFilter),
  /** Conversations with a mention of me that I have not seen. */
  mentions: z.array(Id),
});
export type Snapshot = z.infer<typeof Snapshot>;

export const sessionCommands = {
  /**
   * First command after every (re)connect. With `lastSeq` the missed events follow as `journal` packets before
   * the answer (`replayed`); without it, or when too much was missed, the answer carries a snapshot as of `head`.
   */
  "sync.start": command(
    null,
    z.strictObject({ lastSeq: Seq.nullable() }),
    z.discriminatedUnion("mode", [
      z.object({ mode: z.literal("replayed"), head: Seq, serverTime: z.number() }),
      z.object({ mode: z.literal("snapshot"), head: Seq, serverTime: z.number(), snapshot: Snapshot }),
    ]),
  ),
  "session.list": command(null, z.strictObject({}), z.object({ sessions: z.array(Session) })),
  "session.revoke": command(null, z.strictObject({ sessionId: Id }), z.object({})),
  "password.change": command(
    null,
    z.strictObject({ current: z.string().max(200), next: z.string().min(10).max(200) }),
    z.object({}),
  ),
  "agent.set_state": command(
    "work",
    z.strictObject({
      state: AgentStateName.extract(["available", "busy", "away", "offline"]),
      reason: AwayReason.extract(["break", "lunch", "meeting", "training", "other"]).optional(),
    }),
    z.object({ agent: AgentState }),
  ),
};
