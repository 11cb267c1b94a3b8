import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { breathe } from "../../store/breathe.ts";
import { reportEntries } from "../../store/reports.ts";
import type { WebhookRow } from "../../store/schema-webhooks.ts";
import { readSetting, swapSetting } from "../../store/settings.ts";
import { allWebhooks } from "../../store/webhooks.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { owe } from "./owe.ts";
import { eventsOf } from "./present.ts";
import { type Told, tellable, toldNames } from "./public-event.ts";

const POSITION = "webhook.position";
/** Events that are made out in a step, so that a step holds nobody up. */
const STEP = 100;
/** Journal numbers that a step looks through. */
const REACH = 2_000;

/**
 * Turns the journal into what webhooks are owed. The rows and the position commit together, so a stop at any moment leaves
 * nothing out and makes nothing twice; of several gateways one is the quicker. Nobody to tell costs nothing.
 */
export function followForWebhooks(ctx: () => Ctx): Wakeable & { readonly start: () => void } {
  /** Whether anybody is to be told; null: to be looked up. */
  let anybody: boolean | null = null;
  /** Looked through without finding anything: the position need not be written for it. */
  let seen = 0;

  async function pass(): Promise<null> {
    if (anybody === false) return null;
    const { store } = ctx();
    // First: what is looked through must be older than what is known of who wants it.
    const head = await store.head();
    const webhooks = (await allWebhooks(store)).filter((w) => w.enabled === 1);
    anybody = webhooks.length > 0;
    if (!anybody) return null;
    const was = await readSetting(store, POSITION);
    const after = Math.max(Number(was ?? 0), seen, Math.min(...webhooks.map((w) => w.since_seq)));
    if (after >= head) return null;
    const upto = await step({ webhooks, was, after, end: Math.min(head, after + REACH) });
    seen = Math.max(seen, upto);
    if (upto < head) loop.wake();
    await breathe();
    return null;
  }

  interface Step {
    readonly webhooks: readonly WebhookRow[];
    readonly was: string | undefined;
    readonly after: number;
    readonly end: number;
  }

  /** @returns up to where it has looked */
  async function step({ webhooks, was, after, end }: Step): Promise<number> {
    const { store } = ctx();
    const wanted = new Set(webhooks.flatMap((w): readonly string[] => eventsOf(w)));
    const names = toldNames.filter((name) => wanted.has(name));
    const entries = await reportEntries(store, { after, upto: end, names, limit: STEP });
    const upto = entries.length === STEP ? (entries.at(-1)?.seq ?? end) : end;
    const told = entries.flatMap((entry) => tellable(entry) ?? []);
    if (told.length === 0 && upto - Number(was ?? 0) <= REACH) return upto;
    // Another gateway may not have come as far as we have looked.
    return (await commit({ was, upto, told })) ? upto : after;
  }

  /** @returns false when another gateway was quicker: there is nothing to be done again, and maybe more to do */
  async function commit(o: {
    was: string | undefined;
    upto: number;
    told: readonly Told[];
  }): Promise<boolean> {
    try {
      await ctx().store.write(async (tx) => {
        if (!(await swapSetting(tx, POSITION, { was: o.was, now: String(o.upto) })))
          throw new AppError("conflict", "another gateway was quicker");
        // As they are now: who was switched off meanwhile is told nothing.
        const receivers = (await allWebhooks(tx)).filter((w) => w.enabled === 1);
        for (const webhook of receivers) await oweAll(tx, webhook, o.told);
        tx.afterCommit(ctx().wake.webhooks);
      });
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "conflict")) throw error;
      loop.wake();
      return false;
    }
  }

  async function oweAll(
    tx: Parameters<typeof owe>[0],
    webhook: WebhookRow,
    told: readonly Told[],
  ): Promise<void> {
    const types: readonly string[] = eventsOf(webhook);
    const texts = webhook.texts === 1;
    for (const event of told)
      if (event.seq > webhook.since_seq && types.includes(event.type))
        await owe(tx, ctx(), webhook, { ...event, data: event.data({ texts }) });
  }

  const loop = wakeable({ name: "webhooks' journal", deps: ctx, pass });
  let unfollow: () => void = () => {};
  return {
    ...loop,
    start() {
      unfollow = ctx().store.follow((entries) => {
        if (entries.some((e) => e.name === "webhook.changed")) anybody = null;
        if (anybody !== false) loop.wake();
      });
      loop.wake();
    },
    async close() {
      unfollow();
      await loop.close();
    },
  };
}
