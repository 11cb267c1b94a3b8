import { isDeepStrictEqual } from "node:util";
import {
  AppError,
  ConfigFile,
  type ConfigPlan,
  ConfigSection,
  type ConfigStep,
  changesBetween,
  configPermissions,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { headOf } from "../../store/journal.ts";
import { may } from "../access.ts";
import { audit } from "../audit/index.ts";
import { assertShallow, fault, misfit, placed } from "./faults.ts";
import { found, literal, named, type Refs, readRefs } from "./refs.ts";
import { type Section, sections, type Thing } from "./sections.ts";

/** Everything that the asker may set up, without secrets. */
export async function exportConfig(ctx: Ctx, by: Caller): Promise<ConfigFile> {
  const file = await readConfig(ctx, by);
  await ctx.store.write((tx) => audit(tx, ctx, { by, action: "config.exported", target: "config" }));
  return file;
}

async function readConfig(ctx: Ctx, by: Caller): Promise<ConfigFile> {
  const refs = await readRefs(ctx.store);
  const content: ConfigFile["content"] = {};
  for (const key of ConfigSection.options.filter((key) => lacking(by, key).length === 0))
    content[key] = (await sections[key].read(ctx)).map(({ id, item }) => ({
      ...(id === null || sections[key].natural ? {} : { id }),
      ...(named(item, refs) as Item),
    }));
  return { format: "tongdai.config", version: 1, content };
}

const lacking = (by: Caller, key: ConfigSection) => configPermissions(key).filter((p) => !may(by, p));

/** Thrown to undo a trial. */
class Undone extends Error {
  readonly plan: ConfigPlan;
  constructor(plan: ConfigPlan) {
    super("a trial is undone");
    this.plan = plan;
  }
}

/**
 * Brings what the file holds in, all of it or nothing. Things are recognised by id, else by name; what the file does not name is
 * left as it is. A trial does the same and undoes it, so that it tells the truth. Throws `invalid_input` or `forbidden` with the
 * place.
 */
export async function importConfig(
  ctx: Ctx,
  by: Caller,
  { file, apply }: { file: unknown; apply: boolean },
): Promise<ConfigPlan> {
  assertShallow(file);
  const parsed = ConfigFile.safeParse(file);
  if (!parsed.success) throw misfit("", parsed.error);
  try {
    return await ctx.store.write(async (tx) => {
      const steps = await bringIn(within(ctx, tx), by, parsed.data);
      if (!apply) throw new Undone({ steps });
      const count = (did: ConfigStep["did"]) => steps.filter((s) => s.did === did).length;
      const detail = { added: count("created"), changed: count("changed") };
      await audit(tx, ctx, { by, action: "config.imported", target: "config", detail });
      return { steps };
    });
  } catch (error) {
    if (error instanceof Undone) return error.plan;
    throw error;
  }
}

/** Features write in units of work of their own: here they all join this one. */
function within(ctx: Ctx, tx: Tx): Ctx {
  const { store } = ctx;
  return {
    ...ctx,
    store: {
      db: tx.db,
      engine: tx.engine,
      write: (work) => work(tx),
      head: () => headOf(tx),
      follow: (listener) => store.follow(listener),
      announce: (text) => store.announce(text),
      onAnnounced: (listener) => store.onAnnounced(listener),
      close: () => store.close(),
    },
  };
}

async function bringIn(ctx: Ctx, by: Caller, { content }: ConfigFile): Promise<ConfigStep[]> {
  const unknown = Object.keys(content).find((key) => !ConfigSection.safeParse(key).success);
  if (unknown !== undefined) throw fault(unknown, "unknown_section", "not known here");
  const leavesOut = content["people"] === undefined;
  const steps: ConfigStep[] = [];
  for (const key of ConfigSection.options)
    steps.push(...(await bringKind(ctx, by, { key, items: content[key] ?? [], leavesOut })));
  return steps;
}

type Item = Readonly<Record<string, unknown>>;

interface Kind {
  readonly key: ConfigSection;
  readonly items: readonly Item[];
  readonly leavesOut: boolean;
}

async function bringKind(ctx: Ctx, by: Caller, { key, items, leavesOut }: Kind): Promise<ConfigStep[]> {
  if (items.length === 0) return [];
  const section = sections[key];
  const before = await section.read(ctx);
  await makeBare(ctx, by, { key, items, before });
  const refs = await readRefs(ctx.store);
  const things = section.bare ? await section.read(ctx) : before;
  const taken = new Map<string, string>();
  const brought: Brought[] = [];
  for (const [i, item] of items.entries()) {
    const place = `${key}[${i}]`;
    const { id: _id, ...wanted } = found(item, { refs, leavesOut }, place) as Item;
    const one = { key, place, wanted, there: matching(section, { ...wanted, id: item["id"] }, things), refs };
    assertOnce(one, taken);
    const isNew = !matching(section, { ...wanted, id: item["id"] }, before);
    brought.push({ ...(await bringOne(ctx, by, { ...one, isNew })), name: nameOf(section, item) });
  }
  const after = new Map((await section.read(ctx)).map((thing) => [thing.id, thing]));
  return brought.map(({ isNew, was, name, todo }) => {
    const is = was && after.get(was.id);
    const changes = was && is && !isNew ? changesBetween(told(was.item, refs), told(is.item, refs)) : [];
    const did = isNew ? "created" : changes.length > 0 ? "changed" : "left";
    return { section: key, name, did, changes, todo };
  });
}

interface Brought {
  readonly isNew: boolean;
  /** What was saved over; `null`: nothing was. */
  readonly was: Thing | null;
  readonly name: string;
  readonly todo: ConfigStep["todo"];
}

/** Queues may name each other in any order. */
async function makeBare(
  ctx: Ctx,
  by: Caller,
  { key, items, before }: { key: ConfigSection; items: readonly Item[]; before: readonly Thing[] },
): Promise<void> {
  const { bare, ...section } = sections[key];
  if (!bare) return;
  for (const [i, item] of items.entries()) {
    const name = literal(nameOf(section, item));
    if (matching(section, { ...item, name }, before)) continue;
    const place = `${key}[${i}]`;
    assertMay(by, key, place);
    await placed(place, () => section.save(ctx, by, bare(name)));
  }
}

function nameOf({ known, shown = known[0] }: Pick<Section, "known" | "shown">, item: Item): string {
  const name = item[shown ?? ""];
  return typeof name === "string" ? name : "";
}

/** Ids are those of the gateway that wrote the file, so a name is looked for where no id fits. */
function matching(section: Pick<Section, "known" | "natural">, item: Item, things: readonly Thing[]) {
  const isNamed = (thing: Thing) => section.known.every((field) => thing.item[field] === item[field]);
  const byId = section.natural ? undefined : things.find((t) => t.id === null || t.id === item["id"]);
  return byId ?? things.find(isNamed);
}

interface One {
  readonly key: ConfigSection;
  readonly place: string;
  readonly wanted: Item;
  readonly there: Thing | undefined;
  readonly refs: Refs;
  readonly isNew: boolean;
}

/** Two of the same are one too many, whether the file calls them by id or by name. */
function assertOnce({ key, place, wanted, there }: Omit<One, "isNew">, taken: Map<string, string>): void {
  const called = JSON.stringify(sections[key].known.map((field) => wanted[field]));
  for (const mark of [`as ${called}`, ...(there ? [`is ${there.id}`] : [])]) {
    const other = taken.get(mark);
    if (other !== undefined) throw fault(place, "twice", `the same as ${other}`);
    taken.set(mark, place);
  }
}

async function bringOne(ctx: Ctx, by: Caller, one: One): Promise<Omit<Brought, "name">> {
  const { key, place, wanted, there, refs, isNew } = one;
  const section = sections[key];
  const content = await placed(place, async () => (await section.resolve?.(ctx, wanted, there)) ?? wanted);
  const todo = (await section.todo?.(ctx, content, there)) ?? null;
  // A field that the file leaves out stays.
  const whole = { ...there?.item, ...content };
  if (there && !isNew && isDeepStrictEqual(told(there.item, refs), told(whole, refs)))
    return { isNew, was: null, todo };
  assertMay(by, key, place);
  const kept = there?.id ? await section.keep?.(ctx.store, there.id) : section.atFirst;
  const { id, version } = there ?? { id: null };
  const input = { ...kept, ...whole, ...(id === null ? {} : { id }), ...(version ? { version } : {}) };
  await placed(place, () => section.save(ctx, by, input));
  return { isNew, was: isNew ? null : (there ?? null), todo };
}

function assertMay(by: Caller, key: ConfigSection, place: string): void {
  const [permission] = lacking(by, key);
  if (permission) throw new AppError("forbidden", `${place}: needs ${permission}`, { place, permission });
}

/** As it would stand in a file. */
const told = (item: Item, refs: Refs): Item => JSON.parse(JSON.stringify(named(item, refs))) as Item;
