import { z } from "zod";
import { AuditFilter } from "./audit.ts";
import { ChannelAccount, ChannelId } from "./channel-info.ts";
import { command } from "./command.ts";
import { AccountBacklog } from "./failed-sends.ts";
import { OutOfHours } from "./hours.ts";
import { Needs } from "./needs.ts";
import { AuditRow, NewPassword, Queue, RoleId, User, Username } from "./people.ts";
import { AgentSkills, Capacity, CapacityRule, Limits, QueueRules, Skill } from "./routing.ts";
import { BasedOn, Cursor, Id, line, Millis, PageSize } from "./scalars.ts";
import { WaitRules } from "./wait-rules.ts";
import { DispositionTree, WrapUpRules } from "./wrap-up.ts";

const account = z.object({ account: ChannelAccount });

const places = {
  /** The queues where the person is named; all of them. Left out: as it was. */
  queueIds: z.array(Id).max(500).optional(),
  teamIds: z.array(Id).max(100).optional(),
};

export const adminCommands = {
  "user.create": command(
    "people.manage",
    z.strictObject({
      username: Username,
      name: line(120),
      password: NewPassword,
      roles: z.array(RoleId).min(1).max(20),
      /** Only for whoever takes part in the work; the gateway's default otherwise. */
      limits: Limits.optional(),
      skills: AgentSkills.optional(),
      ...places,
    }),
    z.object({ user: User }),
  ),
  /** Disabling and another password end the person's sessions; other roles take effect on them at once. */
  "user.update": command(
    "people.manage",
    z.strictObject({
      userId: Id,
      version: BasedOn,
      name: line(120).optional(),
      password: NewPassword.optional(),
      roles: z.array(RoleId).min(1).max(20).optional(),
      disabled: z.boolean().optional(),
      /** Refused, like skills, for somebody who takes no part in the work. */
      limits: Limits.optional(),
      /** All of them: what is not named is taken away. */
      skills: AgentSkills.optional(),
      ...places,
    }),
    z.object({ user: User }),
  ),
  /** Ends all of somebody's sessions; the work in hand goes back to its queues, at its age. */
  "user.sign_out": command("people.manage", z.strictObject({ userId: Id }), z.object({})),
  "queue.save": command(
    "people.manage",
    z.strictObject({
      id: Id.nullable().default(null),
      version: BasedOn,
      name: line(80),
      /** Those named themselves; `namedIds` of the queue. */
      memberIds: z.array(Id).max(1_000),
      /** Left out: as they were. */
      teamIds: z.array(Id).max(100).optional(),
      offerSeconds: z.number().int().min(5).max(600).default(30),
      wrapUpSeconds: z.number().int().min(0).max(3_600).default(60),
      /** For work that comes from now on. Left out: as it was, `null` for a new queue. */
      promiseMs: Millis.min(60_000)
        .max(7 * 86_400_000)
        .nullable()
        .optional(),
      dispositions: DispositionTree,
      /** Left out: as it was, the usual for a new queue. */
      wrapUp: WrapUpRules.optional(),
      /** Left out: as it was, `null` (always open) for a new queue. */
      hoursId: Id.nullable().optional(),
      /** Left out: as it was; a new queue holds without a word. */
      outOfHours: OutOfHours.optional(),
      /** Left out: as they were; nothing happens in a new queue. */
      waiting: WaitRules.optional(),
      /** Left out: as they were, the usual ones for a new queue. */
      rules: QueueRules.optional(),
    }),
    z.object({ queue: Queue }),
  ),
  "skill.save": command(
    "people.manage",
    z.strictObject({ id: Id.nullable().default(null), version: BasedOn, name: line(80) }),
    z.object({ skill: Skill }),
  ),
  /** Refused with `conflict` while a queue asks for it. */
  "skill.remove": command("people.manage", z.strictObject({ id: Id }), z.object({})),
  "capacity.save": command(
    "people.manage",
    CapacityRule.extend({ version: BasedOn }),
    z.object({ capacity: Capacity }),
  ),
  /** `config` is parsed by the channel's own schema; secrets go in and never come out. */
  "channel_account.save": command(
    "channels.manage",
    z.strictObject({
      id: Id.nullable().default(null),
      version: BasedOn,
      channel: ChannelId,
      name: line(120),
      queueId: Id,
      /** Left out: as it was. Refused where the channel has no comments. Work that is there stays where it is. */
      commentQueueId: Id.nullish(),
      enabled: z.boolean().default(true),
      /** Left out: as they were; none for a new account. */
      needs: Needs.optional(),
      config: z.record(z.string(), z.unknown()),
    }),
    account,
  ),
  /**
   * Begins the vendor's consent: `url` is its page for the account's owner, good for a quarter of an hour and one use. The
   * account's health tells what came of it. Refused with `conflict` (`no_public_url`, `switched_off`).
   */
  "channel_account.connect": command(
    "channels.manage",
    z.strictObject({ accountId: Id }),
    z.object({ url: z.url() }),
  ),
  /** What the vendor's console must be told. Without an account only the address under which vendors reach us. */
  "channel_account.setup": command(
    "channels.manage",
    z.strictObject({ accountId: Id.nullable() }),
    z.object({
      /** `null`: whoever runs the gateway has not said it. */
      publicUrl: z.url().nullable(),
      /** `path` follows the public address; `verifyToken`: our own word, repeated by the vendor in its handshake. */
      webhook: z.object({ path: z.string(), verifyToken: z.string().nullable() }).nullable(),
      /** What is stored of the fields that are no secrets. */
      values: z.record(z.string(), z.string()),
    }),
  ),
  /** Asks the vendor whether the credentials work and our webhook is subscribed; resumes a paused account when they do. */
  "channel_account.check": command("channels.manage", z.strictObject({ accountId: Id }), account),
  /** For each account, also those of which nothing waits. */
  "channel_account.backlog": command(
    "channels.manage",
    z.strictObject({}),
    z.object({ accounts: z.array(AccountBacklog) }),
  ),
  "audit.list": command(
    "audit.read",
    AuditFilter.extend({ cursor: Cursor.optional(), limit: PageSize }),
    z.object({ rows: z.array(AuditRow), next: Cursor.nullable() }),
  ),
};
