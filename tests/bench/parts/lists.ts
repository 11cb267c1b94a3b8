import { join } from "node:path";
import type { CommandParsed, InboxOrder, InboxView } from "@tongdai/shared";
import { systemClock } from "../../../apps/gateway/src/clock.ts";
import type { Caller, Ctx } from "../../../apps/gateway/src/context.ts";
import { get, list, search } from "../../../apps/gateway/src/features/conversations/look.ts";
import { search as searchCustomers } from "../../../apps/gateway/src/features/customers/search.ts";
import { identityByExternalId } from "../../../apps/gateway/src/store/customers.ts";
import { openStore } from "../../../apps/gateway/src/store/index.ts";
import { type Summary, summarise } from "../lib/percentiles.ts";
import { targets } from "../targets.ts";
import { type Bulk, bulk } from "./bulk.ts";
import type { Part } from "./part.ts";

/** What people look at, over a store that has grown for years: gateway time, from command to answer. */
export const lists: Part = async ({ report, folder, quick }) => {
  const count = quick ? 20_000 : 1_000_000;
  const from = performance.now();
  const big = await bulk(join(folder, "big"), { conversations: count, longest: quick ? 1_000 : 10_000 });
  const seconds = ((performance.now() - from) / 1_000).toFixed(0);
  report.note(
    `lists: ${count} conversations, ${count} customers, ${big.messages} messages, made in ${seconds} s`,
  );
  const store = await openStore(big.path, { onFatal: () => {} });
  const ctx = { store, clock: systemClock } as unknown as Ctx;
  const times = quick ? 20 : 200;
  const clock = (work: (n: number) => Promise<unknown>) => measured(times, work);
  try {
    const least = await clock(() => store.db.selectFrom("setting").selectAll().execute());
    const opened = await clock(() => get(ctx, big.agent, big.longest));
    const add = (what: string, value: number, o: { target?: (typeof targets)[keyof typeof targets] } = {}) =>
      report.add({ what, value, unit: "ms", limit: least.p50, ...o });
    add("open a long conversation, p50", opened.p50, { target: targets.openP50 });
    add("open a long conversation, p99", opened.p99, { target: targets.openP99 });
    await inbox(clock, ctx, big, (what, { p99 }) => add(what, p99, { target: targets.inboxP99 }));
    await words(clock, ctx, big, (what, s) => {
      add(`${what}, p50`, s.p50, { target: targets.searchP50 });
      add(`${what}, p99`, s.p99, { target: targets.searchP99 });
    });
    const identity = await clock((n) =>
      identityByExternalId(store, big.accountId, big.customer(n * 104_729)),
    );
    add("who is this address, p99", identity.p99, { target: targets.identityP99 });
    await named(clock, ctx, big, (what, { p99 }) => add(what, p99, { target: targets.nameP99 }));
  } finally {
    await store.close();
  }
};

type Clock = (work: (n: number) => Promise<unknown>) => Promise<Summary>;
type Tell = (what: string, summary: Summary) => void;

async function inbox(clock: Clock, ctx: Ctx, big: Bulk, tell: Tell): Promise<void> {
  const page = (
    view: InboxView,
    cursor?: string,
    order: InboxOrder = "urgent",
  ): CommandParsed<"conversation.list"> => ({
    view,
    order,
    limit: 50,
    cursor,
    unread: undefined,
    channel: undefined,
    queueId: undefined,
  });
  for (const view of ["mine", "waiting", "open", "all"] as const) {
    tell(`inbox "${view}" of an agent, p99`, await clock(() => list(ctx, big.agent, page(view))));
    tell(`inbox "${view}" of a supervisor, p99`, await clock(() => list(ctx, big.supervisor, page(view))));
  }
  for (const [who, caller] of [
    ["an agent", big.agent],
    ["a supervisor", big.supervisor],
  ] as const)
    for (const view of ["mine", "waiting", "open"] as const)
      tell(
        `inbox "${view}" of ${who}, newest first, p99`,
        await clock(() => list(ctx, caller, page(view, undefined, "newest"))),
      );
  let next: string | undefined;
  const deep = await clock(async () => {
    const answer = await list(ctx, big.supervisor, page("all", next));
    next = answer.next ?? undefined;
  });
  tell('inbox "all", page after page, p99', deep);
}

async function named(clock: Clock, ctx: Ctx, big: Bulk, tell: Tell): Promise<void> {
  const find = (caller: Caller, query: (n: number) => string) =>
    clock((n) => searchCustomers(ctx, caller, { query: query(n), limit: 20, cursor: undefined }));
  const one = (n: number) => `khach ${(n * 104_729) % big.customers}`;
  tell("customers by name, p99", await find(big.supervisor, one));
  tell("customers by name as an agent of one queue, p99", await find(big.agent, one));
  tell("customers by a name that all have, p99", await find(big.supervisor, () => "khách"));
  tell(
    "customers by a name that all have as an agent of one queue, p99",
    await find(big.agent, () => "khách"),
  );
}

async function words(clock: Clock, ctx: Ctx, big: Bulk, tell: Tell): Promise<void> {
  const find = (caller: Caller, query: string) =>
    clock(() => search(ctx, caller, { query, limit: 20, cursor: undefined }));
  tell("search a rare word", await find(big.supervisor, "DH123"));
  tell("search a common word", await find(big.supervisor, "đơn hàng"));
  tell("search a beginning of two letters", await find(big.supervisor, "gi"));
  tell("search as an agent of one queue", await find(big.agent, "đơn hàng"));
}

async function measured(times: number, work: (n: number) => Promise<unknown>): Promise<Summary> {
  const all: number[] = [];
  await work(0);
  for (let n = 1; n <= times; n++) {
    const from = performance.now();
    await work(n);
    all.push(performance.now() - from);
  }
  return summarise(all);
}
