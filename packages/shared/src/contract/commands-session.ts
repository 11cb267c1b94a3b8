import { z } from "zod";
import { Call } from "./calls.ts";
import { ChannelAccount, ChannelInfo } from "./channel-info.ts";
import { command } from "./command.ts";
import { CannedReply, Offer } from "./conversations.ts";
import { Hours } from "./hours.ts";
import { AgentState, AgentStateName, AwayCode, NewPassword, Queue, Session, User } from "./people.ts";
import { Role } from "./permissions.ts";
import { Capacity, Skill } from "./routing.ts";
import { Id, Millis, Seq } from "./scalars.ts";
import { Signature } from "./signatures.ts";
import { StateRules } from "./state-rules.ts";
import { Team } from "./teams.ts";
import { TicketFilter } from "./tickets.ts";
import { Webhook } from "./webhooks.ts";

/** What is the same for every reader. */
export const Directory = z.object({
  users: z.array(User),
  queues: z.array(Queue),
  agents: z.array(AgentState),
  channels: z.array(ChannelInfo),
  accounts: z.array(ChannelAccount),
  cannedReplies: z.array(CannedReply),
  /** Those of accounts. */
  signatures: z.array(Signature),
  hours: z.array(Hours),
  skills: z.array(Skill),
  teams: z.array(Team),
  roles: z.array(Role),
  capacity: Capacity,
  stateRules: StateRules,
});
export type Directory = z.infer<typeof Directory>;

const own = {
  me: User,
  permissions: z.array(z.string()),
  offers: z.array(Offer),
  ticketFilters: z.array(TicketFilter),
  /** Conversations with a mention of me that I have not seen. */
  mentions: z.array(Id),
  ownSignature: Signature.nullable(),
  /** Those that go on, of the conversations that I see. */
  calls: z.array(Call).default([]),
  /** For those who manage them. */
  webhooks: z.array(Webhook).default([]),
};

/** All that a client needs before it asks for lists; lists come by their own commands. */
export const Snapshot = z.object({ ...own, ...Directory.shape });
export type Snapshot = z.infer<typeof Snapshot>;

/** A snapshot whose directory is large: packed once for all readers. */
export const PackedSnapshot = z.object({
  ...own,
  /** The directory as JSON, compressed with gzip. */
  packed: z.custom<Uint8Array<ArrayBuffer> | ArrayBuffer>(
    (v) => ArrayBuffer.isView(v) || v instanceof ArrayBuffer,
  ),
});
export type PackedSnapshot = z.infer<typeof PackedSnapshot>;

/** The newest number of the journal with its entry's time (`null` before the first), and what time it is. */
const reached = { head: Seq, headAt: Millis.nullable(), serverTime: z.number() };

export const sessionCommands = {
  /**
   * First command after every (re)connect. With `lastSeq` the missed events follow as `journal` packets before
   * the answer (`replayed`); without it, or when too much was missed, the answer carries a snapshot as of `head`.
   *
   * `lastAt` is the time of that last entry. A store that was restored from a backup gives the same numbers to other
   * entries: where number and time do not belong together, nothing that the client knows is certain (`restored`).
   */
  "sync.start": command(
    null,
    z.strictObject({ lastSeq: Seq.nullable(), lastAt: Millis.nullable().optional() }),
    z.discriminatedUnion("mode", [
      z.object({ mode: z.literal("replayed"), ...reached }),
      z.object({
        mode: z.literal("snapshot"),
        ...reached,
        snapshot: z.union([PackedSnapshot, Snapshot]),
        restored: z.boolean(),
      }),
    ]),
  ),
  "session.list": command(null, z.strictObject({}), z.object({ sessions: z.array(Session) })),
  "session.revoke": command(null, z.strictObject({ sessionId: Id }), z.object({})),
  "password.change": command(
    null,
    z.strictObject({ current: z.string().max(200), next: NewPassword }),
    z.object({}),
  ),
  "agent.set_state": command(
    "work",
    z.strictObject({
      state: AgentStateName.extract(["available", "busy", "away", "offline"]),
      reason: AwayCode.optional(),
    }),
    z.object({ agent: AgentState }),
  ),
};
