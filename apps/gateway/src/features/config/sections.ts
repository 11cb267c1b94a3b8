import {
  type CommandInput,
  type CommandName,
  type CommandParsed,
  commands,
  type Permission,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toQueue } from "../../presenters/people.ts";
import type { Handler } from "../../realtime/handler.ts";
import type { Queryable } from "../../store/index.ts";
import { allQueues } from "../../store/people.ts";
import { allSkills } from "../../store/skills.ts";
import { allStaffing } from "../../store/staffing.ts";
import { allTeams } from "../../store/teams.ts";
import { allWebhooks } from "../../store/webhooks.ts";
import { handlers as cannedReplies, listCannedReplies } from "../canned-replies/index.ts";
import { handlers as hours, listHours } from "../hours/index.ts";
import { handlers as queues } from "../queues/index.ts";
import { readCapacity, handlers as routing } from "../routing/index.ts";
import { handlers as skills } from "../skills/index.ts";
import { handlers as teams } from "../teams/index.ts";
import { listWebhooks, handlers as webhooks } from "../webhooks/index.ts";

export interface Thing {
  /** `null`: there is one of this kind only. */
  readonly id: string | null;
  readonly version?: number;
  /** What the file holds of it; ids of other things are replaced by their names afterwards. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** One kind of thing in the file. A new kind is a new section. */
export interface Section {
  readonly key: string;
  /** The field by which a thing is known where its id is not. */
  readonly known: string;
  /** Needed beside that for the file as a whole, to take it out and to change it. */
  readonly permission?: Permission;
  readonly read: (ctx: Ctx) => Promise<readonly Thing[]>;
  /** Parses and saves: throws ZodError or AppError. */
  readonly save: (ctx: Ctx, by: Caller, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** For a thing that others may name before its own turn comes. */
  readonly bare?: (name: string) => Readonly<Record<string, unknown>>;
  /** What is set when it is made, and is not in the file. */
  readonly atFirst?: Readonly<Record<string, unknown>>;
  /** What is kept of what is there, and is not in the file. */
  readonly keep?: (q: Queryable, id: string) => Promise<Readonly<Record<string, unknown>>>;
}

const saving =
  <N extends CommandName>(name: N, handler: Handler<N>): Section["save"] =>
  (ctx, by, input) =>
    handler(ctx, by, commands[name].input.parse(input as CommandInput<N>) as CommandParsed<N>);

const of = <T extends { id: string; version?: number }>({ id, version, ...item }: T): Thing => ({
  id,
  ...(version === undefined ? {} : { version }),
  item,
});

/** In the order in which they need each other. */
export const sections: readonly Section[] = [
  {
    key: "skills",
    known: "name",
    read: async (ctx) =>
      (await allSkills(ctx.store)).map(({ id, name, version }) => of({ id, name, version })),
    save: saving("skill.save", skills["skill.save"]),
  },
  {
    key: "hours",
    known: "name",
    read: async (ctx) => (await listHours(ctx.store)).map(of),
    save: saving("hours.save", hours["hours.save"]),
  },
  {
    key: "teams",
    known: "name",
    read: async (ctx) => (await allTeams(ctx.store)).map(of),
    save: saving("team.save", teams["team.save"]),
  },
  {
    key: "queues",
    known: "name",
    read: readQueues,
    save: saving("queue.save", queues["queue.save"]),
    bare: (name) => ({ name, memberIds: [], dispositions: [{ name, resolved: true }] }),
  },
  {
    key: "capacity",
    known: "",
    read: async (ctx) => {
      const { version, ...item } = await readCapacity(ctx.store);
      return [{ id: null, version, item }];
    },
    save: saving("capacity.save", routing["capacity.save"]),
  },
  {
    key: "cannedReplies",
    known: "shortcut",
    read: async (ctx) => (await listCannedReplies(ctx.store)).map(of),
    save: saving("canned_reply.save", cannedReplies["canned_reply.save"]),
  },
  {
    key: "webhooks",
    known: "name",
    permission: "webhooks.manage",
    read: async (ctx) =>
      (await listWebhooks(ctx)).map(({ id, name, url, events, texts }) =>
        of({ id, name, url, events, texts }),
      ),
    save: saving("webhook.save", webhooks["webhook.save"]),
    // Its receiver does not know the new secret yet.
    atFirst: { enabled: false },
    keep: async (q, id) => ({ enabled: (await allWebhooks(q)).some((w) => w.id === id && w.enabled === 1) }),
  },
];

async function readQueues(ctx: Ctx): Promise<Thing[]> {
  const staffing = await allStaffing(ctx.store);
  return (await allQueues(ctx.store)).map((row) => {
    const { id, version, namedIds, memberIds: _all, ...item } = toQueue(row, staffing(row.id));
    return { id, version, item: { ...item, memberIds: namedIds } };
  });
}
