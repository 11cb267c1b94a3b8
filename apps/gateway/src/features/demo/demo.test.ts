import { builtInRoles, DISPOSITION_MARK, dispositionLeaves, permissionsOf } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { email } from "../../channels/email/index.ts";
import { facebook } from "../../channels/facebook/index.ts";
import { sms } from "../../channels/sms/index.ts";
import { zalo } from "../../channels/zalo/index.ts";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { dispositionsOf, toUser, wrapUpOf } from "../../presenters/people.ts";
import { identityByExternalId } from "../../store/customers.ts";
import { accountByExternalId } from "../../store/inbound.ts";
import { allQueues, queueIdsOf, userByUsername } from "../../store/people.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as conversations, readLetter } from "../conversations/index.ts";
import { handlers as customers } from "../customers/index.ts";
import { readStateRules } from "../interactions/index.ts";
import { handlers as tickets } from "../tickets/index.ts";
import { logIn } from "../users/index.ts";
import { demoPeople } from "./demo-file.ts";
import { demo, seedDemo } from "./index.ts";
import { hourOfDay } from "./past.ts";
import { messengerStories } from "./stories.ts";
import { storiesElsewhere } from "./stories-elsewhere.ts";

const played = {
  facebook: "http://127.0.0.1:4011",
  zalo: "http://127.0.0.1:4012",
  sms: "http://127.0.0.1:4013",
  email: "http://127.0.0.1:4014/?imap=4015&smtp=4016",
};
const stories = [...messengerStories, ...storiesElsewhere];

describe.each(["sqlite", "postgres"] as const)("demo on %s", (engine) => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({
      engine,
      channels: [facebook, zalo, sms, email],
      config: { demo: true, simulators: played },
    });
  });
  afterEach(() => ctx.close());

  async function caller(username: string): Promise<Caller> {
    const row = await userByUsername(ctx.store, username);
    if (!row) throw new Error("nobody");
    const { id, roles } = toUser(row);
    return {
      userId: id,
      sessionId: newId(),
      roles,
      permissions: permissionsOf(roles, builtInRoles),
      queueIds: await queueIdsOf(ctx.store, id),
    };
  }
  const everything = async () => {
    const tables = [
      "user",
      "hours",
      "queue",
      "channel_account",
      "customer",
      "conversation",
      "message",
      "interaction",
      "ticket",
      "ticket_comment",
      "canned_reply",
      "journal",
    ] as const;
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const { n } = await ctx.store.db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      counts[table] = Number(n);
    }
    return counts;
  };

  test("a newcomer finds people, work that was done and promises that are open", async () => {
    await seedDemo(ctx);
    await logIn(ctx, { username: "lan", password: demo.password, address: "", userAgent: "" });
    const lan = await caller("lan");
    const inbox = await conversations["conversation.list"](ctx, lan, {
      view: "all",
      order: "newest",
      limit: 50,
    });
    expect(inbox.conversations).toHaveLength(stories.length);
    expect(
      inbox.conversations.every((c) => c.interaction === null && c.unread === 0 && c.preview.text !== ""),
    ).toBe(true);
    const list = await tickets["ticket.list"](ctx, lan, { query: {}, limit: 50 });
    expect(list.tickets.map((t) => t.number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(list.tickets.map((t) => t.status))).toEqual(
      new Set(["new", "open", "pending", "on_hold", "solved", "closed"]),
    );
    const overdue = await tickets["ticket.list"](ctx, lan, { query: { overdue: true }, limit: 50 });
    expect(overdue.tickets.length).toBeGreaterThan(0);
    const first = inbox.conversations.find((c) => c.customerName === stories[0]?.who);
    const { entries } = await customers["customer.timeline"](ctx, lan, {
      customerId: first?.customerId ?? "",
      limit: 50,
    });
    const names = entries.map((e) => e.name);
    for (const name of ["message.created", "interaction.closed", "ticket.created", "customer.updated"])
      expect(names).toContain(name);
    expect(entries.map((e) => e.at)).toEqual(entries.map((e) => e.at).toSorted((a, b) => b - a));
    const now = ctx.clock.now();
    const journal = await ctx.store.db.selectFrom("journal").select("at").execute();
    expect(journal.every((r) => r.at <= now)).toBe(true);
  });

  test("a newcomer finds a tree of dispositions, a form at wrap-up and longest times", async () => {
    await seedDemo(ctx);
    const queues = (await allQueues(ctx.store)).map((row) => ({
      id: row.id,
      leaves: dispositionLeaves(dispositionsOf(row)).map(({ path }) => path),
      form: wrapUpOf(row).form,
    }));
    for (const { leaves, form } of queues) {
      expect(leaves.some((path) => path.includes(DISPOSITION_MARK))).toBe(true);
      expect(form.length).toBeGreaterThan(0);
    }
    const { reasons } = await readStateRules(ctx.store);
    expect(reasons.some((r) => r.maxMinutes !== null)).toBe(true);
    // What was done ended in one of the ways that the queue knows.
    const closed = await ctx.store.db
      .selectFrom("interaction")
      .select(["queue_id as queueId", "disposition"])
      .execute();
    expect(closed.length).toBeGreaterThan(0);
    for (const { queueId, disposition } of closed)
      expect(queues.find(({ id }) => id === queueId)?.leaves).toContain(disposition);
  });

  test("a second start adds nothing, and what people changed stays", async () => {
    await seedDemo(ctx);
    const before = await everything();
    await ctx.store.write((tx) => tx.db.deleteFrom("canned_reply").execute());
    await seedDemo(ctx);
    expect(await everything()).toEqual({ ...before, canned_reply: 0 });
  });

  test("a start that was cut short anywhere goes on where it stopped", async () => {
    await seedDemo(ctx);
    const whole = await everything();
    await ctx.close();
    ctx = await testCtx({
      engine,
      channels: [facebook, zalo, sms, email],
      config: { demo: true, simulators: played },
    });
    for (let writes = 1; ; writes += 7) {
      let left = writes;
      const cut: TestCtx = {
        ...ctx,
        store: {
          ...ctx.store,
          db: ctx.store.db,
          write: (work) => (left-- > 0 ? ctx.store.write(work) : Promise.reject(new Error("cut short"))),
        },
      };
      const ended = await seedDemo(cut).then(
        () => true,
        () => false,
      );
      if (ended) break;
    }
    const { journal, ...rows } = await everything();
    expect(rows).toEqual(Object.fromEntries(Object.entries(whole).filter(([k]) => k !== "journal")));
    expect(journal).toBe(whole["journal"]);
  });

  test("each customer is one of the simulator's people, and the reply window begins when demo.json says", async () => {
    const people = demoPeople.map((p) => `${p.channel} ${p.name}`);
    expect(stories.map(({ on = "facebook", who }) => `${on} ${who}`).toSorted()).toEqual(people.toSorted());
    await seedDemo(ctx);
    const lan = await caller("lan");
    const { conversations: list } = await conversations["conversation.list"](ctx, lan, {
      view: "all",
      order: "newest",
      limit: 50,
    });
    for (const person of demoPeople) {
      const account = await accountByExternalId(ctx.store, person.channel, person.accountId);
      const identity = await identityByExternalId(ctx.store, account?.id ?? "", person.externalId);
      const shown = list.find((c) => c.identityId === identity?.id);
      expect(shown?.customerName).toBe(person.name);
      const late = (shown?.windowOpenedAt ?? 0) - hourOfDay(ctx.clock.now(), person.lastVisit);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(3_600_000);
    }
  });

  test("one customer is known on three channels, another is suggested to be one, a window is shut and a text failed", async () => {
    await seedDemo(ctx);
    const lan = await caller("lan");
    const found = async (name: string, channel: string) => {
      const { conversations: list } = await conversations["conversation.list"](ctx, lan, {
        view: "all",
        order: "newest",
        limit: 50,
      });
      return list.find((c) => c.customerName === name && c.channel === channel);
    };
    const zaloTalk = await found("Đặng Quốc Huy", "zalo");
    const customerId = zaloTalk?.customerId ?? "";
    const { customer } = await customers["customer.get"](ctx, lan, { customerId });
    expect(new Set(customer.identities.map((i) => i.channel))).toEqual(new Set(["facebook", "zalo", "sms"]));
    const { entries } = await customers["customer.timeline"](ctx, lan, { customerId, limit: 50 });
    expect(new Set(entries.flatMap((e) => e.channel ?? []))).toEqual(new Set(["facebook", "zalo", "sms"]));
    expect(entries.map((e) => e.at)).toEqual(entries.map((e) => e.at).toSorted((a, b) => b - a));
    expect(ctx.clock.now() - (zaloTalk?.windowOpenedAt ?? 0)).toBeGreaterThan(7 * 24 * 3_600_000);

    const letter = await found("Long Nguyen", "email");
    expect(letter?.subject).toBe("Xin hoá đơn VAT đơn SV-10377");
    const { suggestions } = await customers["customer.suggestions"](ctx, lan, {
      customerId: letter?.customerId ?? "",
    });
    expect(suggestions.map((s) => [s.customer.name, s.evidence[0]?.kind, s.evidence[0]?.there])).toEqual([
      ["Nguyễn Hoàng Long", "email", "card"],
    ]);
    const read = async (id = "") =>
      (await conversations["conversation.get"](ctx, lan, { conversationId: id })).messages;
    const [pictured] = await read(letter?.id);
    expect(pictured?.attachments).toMatchObject([{ inline: true, kind: "image", state: "ready" }]);
    const { html } = await readLetter(ctx, lan, { messageId: pictured?.id ?? "", images: false });
    expect(html).toContain('src="data:image/png;base64,');
    const account = await read((await found("Kế toán Hoa Mai", "email"))?.id);
    expect(account[1]?.attachments).toMatchObject([
      { name: "Bang-doi-chieu-thang-10.pdf", mime: "application/pdf", state: "ready" },
    ]);
    const text = await found("Trương Mỹ Vân", "sms");
    const { messages } = await conversations["conversation.get"](ctx, lan, {
      conversationId: text?.id ?? "",
    });
    expect(messages.at(-1)).toMatchObject({ state: "failed", error: { code: "recipient_unavailable" } });
  });

  test("the pages follow the simulator when it moves", async () => {
    await seedDemo(ctx);
    await seedDemo({
      ...ctx,
      config: { ...ctx.config, simulators: { ...played, facebook: "http://127.0.0.1:5010" } },
    });
    for (const page of demo.facebook.apps.flatMap((a) => a.pages)) {
      const row = await accountByExternalId(ctx.store, "facebook", page.pageId);
      expect(JSON.parse(ctx.secrets.open(row?.config ?? ""))).toMatchObject({
        pageId: page.pageId,
        pageToken: page.token,
        graphUrl: "http://127.0.0.1:5010",
      });
      expect(row?.webhook_key).toBe(demo.facebook.apps[0]?.appId);
    }
  });
});

test("an hour of a day is Vietnam's, whatever the machine's zone", () => {
  const evening = Date.UTC(2026, 10, 21, 18, 30); // 01:30 on the 22nd in Vietnam
  expect(hourOfDay(evening, { daysAgo: 1, hour: 9 })).toBe(Date.UTC(2026, 10, 21, 2));
  expect(hourOfDay(evening, { daysAgo: -2, hour: 17 })).toBe(Date.UTC(2026, 10, 24, 10));
});
