import { AppError, foldReport, type ReportEvent, readReportEvent, reportEventNames } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Queryable, Store, Tx } from "../../store/index.ts";
import { headOf } from "../../store/journal.ts";
import {
  forgetFacts,
  type ReportSubjects,
  reportCarry,
  reportEntries,
  saveFacts,
} from "../../store/reports.ts";
import { readSetting, swapSetting } from "../../store/settings.ts";

/** Of the rules in domain/report. Facts that other rules have made are thrown away and reckoned anew from the journal. */
const RULES = "4";
const POSITION = "report.position";
/** The position while facts are being thrown away. */
const FORGETTING = "forgetting";
/** Rows that are folded in a step, so that a step holds nobody up. */
const STEP = 150;
/** Journal numbers that a step looks through: most rows are messages, which reports do not count. */
const REACH = 2_000;
const FORGET = 300;

/** How far the facts have come, and by which rules. */
export interface FactsPosition {
  readonly rules: string;
  readonly seq: number;
}

/** `null`: nothing is reckoned yet. */
export async function factsPosition({ store }: Ctx): Promise<FactsPosition | null> {
  const [rules, seq] = (await readSetting(store, POSITION))?.split(":") ?? [];
  return rules === undefined || seq === undefined ? null : { rules, seq: Number(seq) };
}

const running = new WeakMap<Store, Promise<boolean>>();

/**
 * Brings the facts one step nearer to the journal's end: what is new is folded in, facts and position in one commit. Of several
 * gateways one is the quicker, and the others see what it has done. @returns whether there is more
 */
export function projectStep(ctx: Ctx): Promise<boolean> {
  const { store } = ctx;
  const step =
    running.get(store) ??
    project(ctx).finally(() => {
      running.delete(store);
    });
  running.set(store, step);
  return step;
}

async function project({ store }: Ctx): Promise<boolean> {
  const was = await readSetting(store, POSITION);
  const [rules, seq] = was?.split(":") ?? [];
  if (rules !== RULES) return await startAnew(store, was);
  const after = Number(seq);
  const head = await store.head();
  if (after >= head) return false;
  const end = Math.min(head, after + REACH);
  const entries = await reportEntries(store, { after, upto: end, names: reportEventNames, limit: STEP });
  const upto = entries.length === STEP ? (entries.at(-1)?.seq ?? end) : end;
  const events = entries.flatMap((entry) => readReportEvent(entry) ?? []);
  const changes = foldReport(await reportCarry(store, subjectsOf(events)), events);
  await ifFirst(store, async (tx) => {
    await move(tx, { was, now: reached(upto) });
    await saveFacts(tx, changes, upto);
  });
  return true;
}

/** How many journal numbers the facts are behind. */
export async function factsBehind(q: Queryable): Promise<number> {
  const [rules, seq] = (await readSetting(q, POSITION))?.split(":") ?? [];
  return (await headOf(q)) - (rules === RULES ? Number(seq) : 0);
}

async function startAnew(store: Store, was: string | undefined): Promise<boolean> {
  await ifFirst(store, async (tx) => {
    // First of all: another gateway may be done with it, and the facts that are there are new ones.
    await move(tx, { was, now: FORGETTING });
    if (!(await forgetFacts(tx, FORGET))) await move(tx, { was: FORGETTING, now: reached(0) });
  });
  return true;
}

const reached = (seq: number): string => `${RULES}:${seq}`;

async function move(tx: Tx, change: { was: string | undefined; now: string }): Promise<void> {
  if (!(await swapSetting(tx, POSITION, change)))
    throw new AppError("conflict", "another gateway was quicker");
}

/** What another gateway has done need not be done again. */
async function ifFirst(store: Store, work: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await store.write(work);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}

function subjectsOf(events: readonly ReportEvent[]): ReportSubjects {
  const interactionIds = new Set<string>();
  const customerIds = new Set<string>();
  const userIds = new Set<string>();
  for (const event of events)
    if (event.kind === "agent") userIds.add(event.userId);
    else {
      interactionIds.add(event.interactionId);
      // Only who comes anew may have been here before.
      if (event.kind === "step" && event.now) customerIds.add(event.conversation.customerId);
    }
  return { interactionIds: [...interactionIds], customerIds: [...customerIds], userIds: [...userIds] };
}
