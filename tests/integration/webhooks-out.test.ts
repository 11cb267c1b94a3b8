import { createHmac } from "node:crypto";
import { createGateway } from "@tongdai/gateway";
import type { CommandInput, PublicEventName } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Person, personAt } from "../support/person.ts";
import { answer, type Received, type Receiver, startReceiver } from "../support/receiver.ts";
import { say, talk } from "../support/talk.ts";
import { until } from "../support/until.ts";
import { PAGE, PASSWORD, type World, world } from "../support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(["sqlite", "postgres"] as const)("webhooks out on %s", (engine) => {
  let w: World;
  let shop: Receiver;
  let admin: Person;
  beforeEach(async () => {
    shop = await startReceiver();
    w = await world({ engine, alsoAllow: [shop.host] });
    admin = await w.person("admin", { roles: ["admin"] });
  });
  afterEach(async () => {
    await w.close();
    await shop.close();
  });

  const save = (change: Partial<CommandInput<"webhook.save">> = {}) =>
    admin.call("webhook.save", {
      name: "Cửa hàng",
      url: `${shop.url}/hook`,
      events: ["message.created", "interaction.opened", "interaction.accepted", "ticket.created"],
      ...change,
    });

  /** Makes something to tell: two messages and the life of one interaction. */
  const someWork = async () => {
    const t = await talk(w);
    await say(t, "Chào anh");
    await w.settle();
    return t;
  };

  let customers = 0;
  const write = () =>
    w.facebook.customer({ pageId: PAGE.pageId, name: `Khách ${++customers}` }).text("Xin chào");

  const log = async (webhookId: string) => (await admin.call("webhook.deliveries", { webhookId })).deliveries;

  test("what happens is told, signed by the Standard Webhooks scheme, in order, without what it does not ask for", async () => {
    const { webhook, secret } = await save();
    const t = await someWork();
    expect(shop.received.map((r) => r.event.type).toSorted()).toEqual([
      "interaction.accepted",
      "interaction.opened",
      "message.created",
      "message.created",
    ]);
    const sequences = shop.received.map((r) => r.event.sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    for (const r of shop.received) expect(isSigned(r, [secret ?? ""])).toBe(true);
    const first = shop.received.find((r) => r.event.type === "message.created");
    expect(first?.event).toMatchObject({
      version: 1,
      actorId: null,
      data: { message: { conversationId: t.conversationId, direction: "in", text: null } },
    });
    expect(shop.received.map((r) => r.raw).join("")).not.toContain("Chào anh");
    expect((await log(webhook.id)).map((d) => d.state)).toEqual([
      "delivered",
      "delivered",
      "delivered",
      "delivered",
    ]);
  });

  test("texts are sent to whoever asks for them; numbers in names stay masked", async () => {
    await save({ texts: true, events: ["message.created", "customer.updated"] });
    await talk(w, { name: "Lan 0901234567", text: "Gọi 0901234567 giúp" });
    const message = await shop.hear("message.created");
    expect(message.event.data).toMatchObject({ message: { text: "Gọi 0901234567 giúp" } });
    const customer = await shop.hear("customer.updated");
    expect(customer.event.data).toMatchObject({ customer: { name: "Lan 0901 *** 567" } });
  });

  test("what happened before it was made, or while it was off, is not told", async () => {
    const t = await someWork();
    const { webhook } = await save();
    await w.settle();
    expect(shop.received).toEqual([]);
    const { id } = webhook;
    await save({ id, enabled: false });
    await say(t, "Dạ");
    await w.settle();
    await save({ id, enabled: true });
    await w.settle();
    expect(shop.received).toEqual([]);
  });

  test("a 500 is tried again, later and later, with the same id, then delivered once the receiver works", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    shop.behave(answer(500, {}, "no database"));
    await someWork();
    await until(() => shop.received.length === 1);
    await w.settle();
    expect(await log(webhook.id)).toMatchObject([
      {
        state: "waiting",
        attempts: 1,
        nextAt: w.clock.now() + 5_000,
        last: { status: 500, answer: "no database" },
      },
    ]);
    w.clock.advance(5_000);
    await until(() => shop.received.length === 2);
    await w.settle();
    shop.behave(answer(204));
    w.clock.advance(5 * MINUTE);
    await until(() => shop.received.length === 3);
    await w.settle();
    expect(await log(webhook.id)).toMatchObject([{ state: "delivered", attempts: 3 }]);
    const [a, b, c] = shop.received;
    expect([b?.event.id, c?.event.id]).toEqual([a?.event.id, a?.event.id]);
    expect(new Set(shop.received.map((r) => r.headers["webhook-timestamp"])).size).toBe(3);
    const [delivery] = await log(webhook.id);
    const told = await admin.call("webhook.delivery", { id: delivery?.id ?? "" });
    expect(told.body).toBe(a?.raw);
    expect(told.attempts.map((x) => x.status)).toEqual([500, 500, 204]);
  });

  test("no answer within 15 s, a cut connection and a redirect are failures; a huge answer is not read", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    const ways: ((response: Parameters<Parameters<Receiver["behave"]>[0]>[0]) => void)[] = [
      () => {},
      (response) => void response.socket?.resetAndDestroy(),
      answer(302, { location: `${shop.url}/elsewhere` }),
      (response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
      },
    ];
    const last = async () => (await log(webhook.id))[0]?.last;
    shop.behave((response) => ways.shift()?.(response));
    await write();
    await until(() => shop.received.length === 1);
    w.clock.advance(15_000);
    await w.settle();
    expect(await last()).toMatchObject({ status: null, failure: "timeout", durationMs: 15_000 });
    for (const expected of [
      { status: null, failure: "connection" },
      { status: 302, failure: null },
      { status: 200, failure: null, answer: "x".repeat(1_024) },
    ]) {
      const count = shop.received.length;
      w.clock.advance(HOUR);
      await until(() => shop.received.length > count);
      await w.settle();
      expect(await last()).toMatchObject(expected);
    }
    expect(shop.received.map((r) => r.path)).toEqual(["/hook", "/hook", "/hook", "/hook"]);
  });

  test("410 switches it off, and whoever manages webhooks is told", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    shop.behave(answer(410));
    await someWork();
    await admin.hear("webhook.changed", (d) => d.webhook?.ended === "gone");
    expect(await log(webhook.id)).toMatchObject([{ state: "failed" }]);
    const { rows } = await admin.call("audit.list", {});
    expect(rows).toContainEqual(
      expect.objectContaining({
        action: "webhook.ended",
        actorId: null,
        detail: { name: "Cửa hàng", reason: "gone" },
      }),
    );
    const agents = await w.person("nam");
    expect(agents.heard.filter((e) => e.name === "webhook.changed")).toEqual([]);
  });

  test("one that is dead for three days is switched off, keeps what it is owed, and gets it when it is on again", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    shop.behave(answer(503));
    for (let i = 0; i < 6; i++) await write();
    await w.settle();
    for (let i = 0; i < 20; i++) {
      w.clock.advance(4 * HOUR);
      await w.settle();
    }
    admin = await personAt(w.gateway.url, { username: "admin", password: PASSWORD });
    const { rows } = await admin.call("audit.list", {});
    expect(rows.find((r) => r.action === "webhook.ended")?.detail).toEqual({
      name: "Cửa hàng",
      reason: "failing",
    });
    const waiting = (await log(webhook.id)).filter((d) => d.state === "waiting").length;
    expect(waiting).toBeGreaterThan(0);
    const before = shop.received.length;
    w.clock.advance(HOUR);
    await w.settle();
    expect(shop.received.length).toBe(before);
    shop.behave(answer(200));
    await save({ id: webhook.id, events: ["interaction.opened"] });
    w.clock.advance(DAY);
    await w.settle();
    admin = await personAt(w.gateway.url, { username: "admin", password: PASSWORD });
    const after = await log(webhook.id);
    expect(after.filter((d) => d.state === "delivered")).toHaveLength(waiting);
  });

  test("one that hangs holds up nobody else, and is asked by one request at a time after some failures", async () => {
    const events: PublicEventName[] = ["interaction.opened"];
    await save({ name: "Treo", url: `${shop.url}/hangs`, events });
    await save({ name: "Khoẻ", url: `${shop.url}/well`, events });
    const at = (path: string) => shop.received.filter((r) => r.path === path).length;
    let open = 0;
    shop.behave((response, { path }) => {
      if (path === "/well") return void response.end();
      open++;
      response.once("close", () => open--);
    });
    for (let i = 0; i < 12; i++) await write();
    await until(() => at("/well") === 12);
    await until(() => at("/hangs") === 8);
    w.clock.advance(15_000);
    await admin.hear("webhook.changed", (d) => (d.webhook?.restUntil ?? 0) > w.clock.now());
    const restUntil = async () => {
      const { store } = w.gateway.ctx;
      const hangs = store.db.selectFrom("webhook").select("rest_until").where("name", "=", "Treo");
      return (await hangs.executeTakeFirstOrThrow()).rest_until ?? 0;
    };
    // What left before the fifth failure was written down comes to its end too.
    await until(async () => {
      w.clock.advance(1_000);
      await restUntil();
      return open === 0;
    });
    const before = at("/hangs");
    await until(async () => {
      w.clock.advance(Math.max(0, (await restUntil()) - w.clock.now()));
      return at("/hangs") > before;
    });
    expect(open).toBe(1);
    expect(at("/hangs")).toBe(before + 1);
  });

  test("private addresses, http and credentials in the address are refused before anything is sent", async () => {
    const secret = await startReceiver();
    try {
      const urls = [secret.url, "http://169.254.169.254/latest", `https://u:p@example.com/`];
      for (const [i, url] of urls.entries()) {
        const { webhook } = await save({ name: `w${i}`, url });
        await admin.call("webhook.test", { id: webhook.id });
        await until(async () => (await log(webhook.id))[0]?.state === "failed");
        expect(await log(webhook.id)).toMatchObject([
          { type: "webhook.test", last: { failure: "refused_address", status: null } },
        ]);
      }
      expect(secret.received).toEqual([]);
    } finally {
      await secret.close();
    }
  });

  test("a test event goes out at once, also when it is off; it is not repeated by itself", async () => {
    const { webhook } = await save({ enabled: false });
    shop.behave(answer(500));
    await admin.call("webhook.test", { id: webhook.id });
    expect((await shop.hear("webhook.test")).event).toMatchObject({
      actorId: admin.userId,
      data: { webhookId: webhook.id },
    });
    await w.settle();
    expect(await log(webhook.id)).toMatchObject([{ state: "failed", attempts: 1 }]);
  });

  test("an event is sent again on demand, under its own id", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    await someWork();
    const [first] = await log(webhook.id);
    await admin.call("webhook.resend", { id: first?.id ?? "" });
    await until(() => shop.received.length === 2);
    await w.settle();
    expect(shop.received[1]?.event.id).toBe(shop.received[0]?.event.id);
    await save({ id: webhook.id, enabled: false });
    await expect(admin.call("webhook.resend", { id: first?.id ?? "" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("two secrets sign for a day after a rotation, then the new one alone", async () => {
    const { webhook, secret: old } = await save({ events: ["interaction.opened"] });
    const { secret } = await admin.call("webhook.rotate", { id: webhook.id });
    await admin.call("webhook.test", { id: webhook.id });
    const one = await shop.hear("webhook.test");
    expect([isSigned(one, [secret]), isSigned(one, [old ?? ""])]).toEqual([true, true]);
    await w.settle();
    w.clock.advance(DAY + 1);
    admin = await personAt(w.gateway.url, { username: "admin", password: PASSWORD });
    await admin.call("webhook.test", { id: webhook.id });
    await until(() => shop.received.length === 2);
    const two = shop.received[1] as Received;
    expect([isSigned(two, [secret]), isSigned(two, [old ?? ""])]).toEqual([true, false]);
  });

  test("what a process that died was sending is sent again once its lease is over, under the same id", async () => {
    const { webhook } = await save({ events: ["interaction.opened"] });
    await someWork();
    const { store } = w.gateway.ctx;
    await store.write((tx) =>
      tx.db
        .updateTable("webhook_delivery")
        .set({ state: "trying", lease_until: w.clock.now() + MINUTE })
        .execute(),
    );
    w.clock.advance(MINUTE - 1);
    await w.settle();
    expect(shop.received).toHaveLength(1);
    w.clock.advance(MINUTE);
    await until(() => shop.received.length === 2);
    await w.settle();
    expect(shop.received[1]?.event.id).toBe(shop.received[0]?.event.id);
    const told = await admin.call("webhook.delivery", { id: shop.received[0]?.event.id ?? "" });
    expect(told.attempts.map((a) => a.failure)).toEqual([null, "interrupted", null]);
    expect(webhook.failingSince).toBeNull();
  });

  test("the log knows its pages, and removing a webhook takes it along", async () => {
    const { webhook } = await save();
    await someWork();
    const page = await admin.call("webhook.deliveries", { webhookId: webhook.id, limit: 3 });
    const rest = await admin.call("webhook.deliveries", {
      webhookId: webhook.id,
      cursor: page.next ?? "",
    });
    expect([page.deliveries.length, rest.deliveries.length, rest.next]).toEqual([3, 1, null]);
    await admin.call("webhook.remove", { id: webhook.id });
    await admin.hear("webhook.changed", (d) => d.webhook === null);
    expect(await log(webhook.id)).toEqual([]);
  });

  test("nobody but who manages them may see or change them", async () => {
    const lan = await w.person("nga", { roles: ["agent", "supervisor"] });
    const name: PublicEventName = "ticket.created";
    const save = lan.call("webhook.save", { name: "x", url: "https://x.vn", events: [name] });
    await expect(save).rejects.toMatchObject({ code: "forbidden" });
    await expect(lan.call("webhook.waiting", {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("of two gateways on one PostgreSQL every event is sent by one, once", async () => {
  const shop = await startReceiver();
  const w = await world({ engine: "postgres", alsoAllow: [shop.host] });
  const { ctx } = w.gateway;
  const second = await createGateway({ ...ctx.config, port: 0 }, { clock: w.clock, random: () => 0.5 });
  try {
    const admin = await w.person("admin", { roles: ["admin"] });
    const events: PublicEventName[] = ["message.created", "interaction.opened"];
    await admin.call("webhook.save", { name: "Cửa hàng", url: shop.url, events });
    for (let i = 0; i < 25; i++)
      await w.facebook.customer({ pageId: PAGE.pageId, name: `Khách ${i}` }).text("Xin chào");
    await until(() => shop.received.length >= 50);
    await Promise.all([w.settle(), second.settle()]);
    expect(new Set(shop.received.map((r) => r.event.id)).size).toBe(50);
    expect(new Set(shop.received.map((r) => r.event.sequence)).size).toBe(50);
    expect(shop.received).toHaveLength(50);
  } finally {
    await second.close();
    await w.close();
    await shop.close();
  }
});

/** As docs/webhooks.md tells receivers to do it. */
function isSigned({ headers, raw }: Received, secrets: readonly string[]): boolean {
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${raw}`;
  const given = String(headers["webhook-signature"]).split(" ");
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    return given.includes(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  });
}
