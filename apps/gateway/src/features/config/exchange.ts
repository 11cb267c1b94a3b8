import { isDeepStrictEqual } from "node:util";
import { AppError, ConfigFile, type ConfigPlan, type ConfigStep } from "@tongdai/shared";
import { ZodError } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { headOf } from "../../store/journal.ts";
import { audit } from "../audit/index.ts";
import { differences } from "./differences.ts";
import { found, named, readRefs } from "./refs.ts";
import { type Section, sections, type Thing } from "./sections.ts";

/** Everything that the asker may set up, without people and secrets. */
export async function exportConfig(ctx: Ctx, by: Caller): Promise<ConfigFile> {
  const file = await readConfig(ctx, by);
  await ctx.store.write((tx) => audit(tx, ctx, { by, action: "config.exported", target: "config" }));
  return file;
}

async function readConfig(ctx: Ctx, by: Caller): Promise<ConfigFile> {
  const refs = await readRefs(ctx.store);
  const content: ConfigFile["content"] = {};
  const own = sections.filter(({ permission }) => !permission || by.permissions.has(permission));
  for (const section of own)
    content[section.key] = (await section.read(ctx)).map(({ id, item }) => ({
      ...(id === null ? {} : { id }),
      ...(named(item, refs) as Item),
    }));
  return { format: "tongdai.config", version: 1, content };
}

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
 * left as it is. A trial does the same and undoes it, so that it tells the truth. Throws `invalid_input` with the place.
 */
export async function importConfig(
  ctx: Ctx,
  by: Caller,
  { file, apply }: { file: unknown; apply: boolean },
): Promise<ConfigPlan> {
  const parsed = ConfigFile.safeParse(file);
  if (!parsed.success) throw wrong("", parsed.error);
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
  const unknown = Object.keys(content).find((key) => !sections.some((s) => s.key === key));
  if (unknown !== undefined)
    throw new AppError("invalid_input", `${unknown}: not known here`, { place: unknown });
  const steps: ConfigStep[] = [];
  for (const section of sections) {
    const items = content[section.key] ?? [];
    const before = await section.read(ctx);
    await makeBare(ctx, by, { section, items, before });
    for (const [i, item] of items.entries())
      steps.push(await bringOne(ctx, by, { section, item, before, place: `${section.key}[${i}]` }));
  }
  return steps;
}

type Item = Readonly<Record<string, unknown>>;

/** Queues may name each other in any order. */
async function makeBare(
  ctx: Ctx,
  by: Caller,
  { section, items, before }: { section: Section; items: readonly Item[]; before: readonly Thing[] },
): Promise<void> {
  if (!section.bare) return;
  for (const item of items)
    if (!matching(section, item, before)) await section.save(ctx, by, section.bare(nameOf(section, item)));
}

function nameOf({ known }: Section, item: Item): string {
  const { [known]: name } = item;
  return typeof name === "string" ? name : "";
}

const matching = (section: Section, item: Item, things: readonly Thing[]): Thing | undefined =>
  things.find((t) => t.id === null || t.id === item["id"]) ??
  things.find((t) => t.item[section.known] === item[section.known]);

interface One {
  readonly section: Section;
  readonly item: Item;
  /** As it was before anything of this kind was made. */
  readonly before: readonly Thing[];
  readonly place: string;
}

async function bringOne(ctx: Ctx, by: Caller, { section, item, before, place }: One): Promise<ConfigStep> {
  const { id: _id, ...wanted } = item;
  const refs = await readRefs(ctx.store);
  const content = await resolved(ctx, { section, item: found(wanted, refs, place) as Item, place });
  const isNew = !matching(section, item, before);
  const there = matching(section, item, await section.read(ctx));
  const step = { section: section.key, name: nameOf(section, item), changes: [] };
  // A field that the file leaves out stays.
  const whole = { ...there?.item, ...content };
  if (there && !isNew && isDeepStrictEqual(plain(there.item), plain(whole))) return { ...step, did: "left" };
  assertMay(by, section, place);
  const kept = there?.id ? await section.keep?.(ctx.store, there.id) : section.atFirst;
  const { id, version } = there ?? { id: null };
  const input = { ...kept, ...whole, ...(id === null ? {} : { id }), ...(version ? { version } : {}) };
  await placed(place, () => section.save(ctx, by, input));
  if (isNew || !there) return { ...step, did: "created" };
  const now = await section.read(ctx);
  const saved = now.find((thing) => thing.id === there.id)?.item;
  const changes = differences(plain(named(there.item, refs)), plain(named(saved, refs)));
  return { ...step, did: changes.length > 0 ? "changed" : "left", changes };
}

const resolved = (
  ctx: Ctx,
  { section, item, place }: Pick<One, "section" | "item" | "place">,
): Promise<Item> => placed(place, async () => (await section.resolve?.(ctx, item)) ?? item);

/** What is refused is refused with its place in the file. */
async function placed<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZodError) throw wrong(place, error);
    if (!(error instanceof AppError)) throw error;
    const code = error.code === "forbidden" ? "forbidden" : "invalid_input";
    throw new AppError(code, `${place}: ${error.message}`, { ...error.details, place });
  }
}

function assertMay(by: Caller, { permission }: Section, place: string): void {
  if (permission && !by.permissions.has(permission))
    throw new AppError("forbidden", `${place}: needs ${permission}`, { place });
}

/** As it comes back from a file. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function wrong(place: string, { issues }: ZodError): AppError {
  const [first] = issues;
  const at = [place, ...(first?.path.map(String) ?? [])].filter(Boolean).join(".");
  return new AppError("invalid_input", `${at}: ${first?.message ?? ""}`, { place: at });
}
