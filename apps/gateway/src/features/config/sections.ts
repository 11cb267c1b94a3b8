import {
  type CommandInput,
  type CommandName,
  type CommandParsed,
  type ConfigSection,
  type ConfigTodo,
  commands,
  defaultThresholds,
  Id,
  QueueThresholds,
  ReportDefinition,
} from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { toQueue } from "../../presenters/people.ts";
import type { Handler } from "../../realtime/handler.ts";
import type { Queryable } from "../../store/index.ts";
import { allQueues } from "../../store/people.ts";
import { allRoles } from "../../store/roles.ts";
import { allSkills } from "../../store/skills.ts";
import { allStaffing } from "../../store/staffing.ts";
import { allTeams } from "../../store/teams.ts";
import { allWebhooks } from "../../store/webhooks.ts";
import { handlers as cannedReplies, listCannedReplies } from "../canned-replies/index.ts";
import { handlers as floor, readDefinition, readThresholds } from "../floor/index.ts";
import { handlers as hours, listHours } from "../hours/index.ts";
import { handlers as interactions, readStateRules } from "../interactions/index.ts";
import { handlers as queues } from "../queues/index.ts";
import { readCapacity, handlers as routing } from "../routing/index.ts";
import { handlers as skills } from "../skills/index.ts";
import { handlers as teams } from "../teams/index.ts";
import { handlers as users } from "../users/index.ts";
import { listWebhooks, handlers as webhooks } from "../webhooks/index.ts";
import { accountsSection } from "./accounts.ts";
import { peopleSection } from "./people.ts";

export interface Thing {
  /** `null`: there is one of this kind only. */
  readonly id: string | null;
  readonly version?: number;
  /** What the file holds of it; ids of other things are replaced by their names afterwards. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** One kind of thing in the file. A new kind is a new section. */
export interface Section {
  /** The fields by which a thing is known where its id is not. */
  readonly known: readonly string[];
  /** The field that people call it by, where that is another one. */
  readonly shown?: string;
  /** These fields never change, so no id stands in the file. */
  readonly natural?: true;
  readonly read: (ctx: Ctx) => Promise<readonly Thing[]>;
  /** What the file holds, as it would stand here. */
  readonly resolve?: (ctx: Ctx, item: Thing["item"], there: Thing | undefined) => Promise<Thing["item"]>;
  /** What is left to do by hand. */
  readonly todo?: (ctx: Ctx, item: Thing["item"], there: Thing | undefined) => Promise<ConfigTodo | null>;
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

export const sections: Readonly<Record<ConfigSection, Section>> = {
  roles: {
    known: ["name"],
    // The built-in ones go by their ids.
    read: async (ctx) =>
      (await allRoles(ctx.store)).map(({ name, ...role }) => of({ ...role, name: name || role.id })),
    save: saving("role.save", users["role.save"]),
  },
  skills: {
    known: ["name"],
    read: async (ctx) =>
      (await allSkills(ctx.store)).map(({ id, name, version }) => of({ id, name, version })),
    save: saving("skill.save", skills["skill.save"]),
  },
  hours: {
    known: ["name"],
    read: async (ctx) => (await listHours(ctx.store)).map(of),
    save: saving("hours.save", hours["hours.save"]),
  },
  people: peopleSection,
  teams: {
    known: ["name"],
    read: async (ctx) => (await allTeams(ctx.store)).map(of),
    save: saving("team.save", teams["team.save"]),
  },
  queues: {
    known: ["name"],
    read: readQueues,
    save: saving("queue.save", queues["queue.save"]),
    bare: (name) => ({ name, memberIds: [], dispositions: [{ name, resolved: true }] }),
  },
  thresholds: { known: ["queueId"], natural: true, read: listThresholds, save: saveThresholds },
  channelAccounts: accountsSection,
  capacity: {
    known: [],
    read: async (ctx) => {
      const { version, ...item } = await readCapacity(ctx.store);
      return [{ id: null, version, item }];
    },
    save: saving("capacity.save", routing["capacity.save"]),
  },
  states: {
    known: [],
    read: async (ctx) => {
      const { version, ...item } = await readStateRules(ctx.store);
      return [{ id: null, version, item }];
    },
    resolve: withReasons,
    save: saving("state_rules.save", interactions["state_rules.save"]),
  },
  floor: {
    known: [],
    read: async (ctx) => [{ id: null, item: await readDefinition(ctx.store) }],
    save: (ctx, by, input) => floor["floor.define"](ctx, by, { definition: ReportDefinition.parse(input) }),
  },
  cannedReplies: {
    known: ["shortcut"],
    read: async (ctx) => (await listCannedReplies(ctx.store)).map(of),
    save: saving("canned_reply.save", cannedReplies["canned_reply.save"]),
  },
  webhooks: {
    known: ["name"],
    read: async (ctx) =>
      (await listWebhooks(ctx)).map(({ id, name, url, events, texts }) =>
        of({ id, name, url, events, texts }),
      ),
    save: saving("webhook.save", webhooks["webhook.save"]),
    // Its receiver does not know the new secret yet.
    atFirst: { enabled: false },
    todo: async (_ctx, _item, there) => (there ? null : "switch_on"),
    keep: async (q, id) => ({ enabled: (await allWebhooks(q)).some((w) => w.id === id && w.enabled === 1) }),
  },
};

async function readQueues(ctx: Ctx): Promise<Thing[]> {
  const staffing = await allStaffing(ctx.store);
  return (await allQueues(ctx.store)).map((row) => {
    const { id, version, namedIds, memberIds: _all, ...item } = toQueue(row, staffing(row.id));
    return { id, version, item: { ...item, memberIds: namedIds } };
  });
}

async function listThresholds(ctx: Ctx): Promise<Thing[]> {
  const saved = await readThresholds(ctx.store);
  return (await allQueues(ctx.store)).map(({ id }) => ({
    id,
    item: { queueId: id, ...(saved.get(id) ?? defaultThresholds) },
  }));
}

const OfQueue = QueueThresholds.extend({ queueId: Id });

async function saveThresholds(ctx: Ctx, by: Caller, { id: _id, ...input }: Thing["item"]): Promise<void> {
  const { queueId, ...thresholds } = OfQueue.parse(input);
  const was = (await readThresholds(ctx.store)).get(queueId) ?? defaultThresholds;
  await floor["floor.set_thresholds"](ctx, by, { queueId, was, thresholds });
}

const Reasons = z.array(z.looseObject({ id: z.unknown(), name: z.looseObject({ vi: z.string() }) }));

/** Reasons made here have other ids than those of another gateway; one that the file does not name stays. */
async function withReasons(ctx: Ctx, item: Thing["item"]): Promise<Thing["item"]> {
  if (item["reasons"] === undefined) return item;
  const { reasons } = z.object({ reasons: Reasons }).parse(item);
  const there = (await readStateRules(ctx.store)).reasons;
  const same = (wanted: (typeof reasons)[number]) =>
    there.find((r) => r.id === wanted.id) ?? there.find((r) => r.name.vi === wanted.name.vi);
  const ids = reasons.map((wanted) => same(wanted)?.id ?? null);
  return {
    ...item,
    reasons: [
      ...reasons.map((wanted, i) => ({ ...wanted, id: ids[i] })),
      ...there.filter((r) => !ids.includes(r.id)),
    ],
  };
}
