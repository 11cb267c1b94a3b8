import { gunzipSync } from "node:zlib";
import { type CommandOutput, Directory, type JournalEvent } from "@tongdai/shared";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../apps/gateway/src/ids.ts";
import { insertUser } from "../../apps/gateway/src/store/people.ts";
import { entryOf, freshMid, fromCustomer } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { say, talk } from "../support/talk.ts";
import { interactions, pass } from "../support/work.ts";
import { APP, PAGE, SECOND_PAGE, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("the journal and its readers on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const write = (psid: string, text: string, pageId = PAGE.pageId) =>
    w.facebook.sendRaw(APP.appId, [
      entryOf([fromCustomer(psid, w.clock.now(), { message: { mid: freshMid(), text } }, pageId)], {
        pageId,
      }),
    ]);

  /** What the store says a person of the first queue should have heard since. */
  async function owed(after: number, until: number): Promise<number[]> {
    const rows = await w.gateway.ctx.store.db
      .selectFrom("journal")
      .select(["seq", "scopes"])
      .where("seq", ">", after)
      .where("seq", "<=", until)
      .orderBy("seq")
      .execute();
    return rows.filter((r) => /"org"|"all"|"queue:/.test(r.scopes)).map((r) => r.seq);
  }

  test("two hundred events while away are replayed once each, in order", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"] });
    await w.settle();
    boss.disconnect();
    const from = boss.lastSeq;
    const mark = boss.heard.length;
    for (let i = 0; i < 70; i++) await write("601", `câu ${i}`);
    await w.settle();
    const answer = await boss.connect();
    expect(answer.mode).toBe("replayed");
    const seqs = boss.heard.slice(mark).map((e) => e.seq);
    expect(seqs.length).toBeGreaterThan(70);
    expect(seqs).toEqual(await owed(from, answer.head));
  });

  test("reconnecting in the middle of a storm misses nothing and hears nothing out of order", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"] });
    const raw: number[] = [];
    boss.socket.on("journal", (events: JournalEvent[]) => void raw.push(...events.map((e) => e.seq)));
    await w.settle();
    const from = boss.lastSeq;
    for (let round = 0; round < 4; round++) {
      boss.disconnect();
      const storm = Array.from({ length: 60 }, (_, i) => write(`61${i % 7}`, `vòng ${round} câu ${i}`));
      await Promise.race(storm);
      await boss.connect();
      await Promise.all(storm);
      await w.settle();
    }
    const seqs = boss.heard.map((e) => e.seq).filter((s) => s > from);
    expect(seqs).toEqual(await owed(from, await w.gateway.ctx.store.head()));
    const perConnection = raw.filter((s, i) => i > 0 && s < (raw[i - 1] ?? 0));
    expect(perConnection).toEqual([]);
  });

  test("a first connection in the middle of a storm gets a snapshot and everything after it", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => write("620", `trước ${i}`)));
    const storm = Array.from({ length: 60 }, (_, i) => write(`62${i % 7}`, `câu ${i}`));
    await Promise.race(storm);
    const boss = await w.person("ha", { roles: ["supervisor"], connect: false });
    const answer = await boss.connect();
    await Promise.all(storm);
    await w.settle();
    expect(answer.mode).toBe("snapshot");
    expect(boss.heard.map((e) => e.seq)).toEqual(await owed(answer.head, await w.gateway.ctx.store.head()));
  });

  test("those who come at once share a large directory, and hear what has changed since it was read", async () => {
    const [lan, minh, chi] = [
      await w.person("lan", { connect: false }),
      await w.person("minh", { connect: false }),
      await w.person("chi", { connect: false }),
    ];
    await crowd(300);
    const first = directoryOf(await lan.connect());
    expect(first.users.length).toBeGreaterThan(300);
    await write("650", "giữa hai người");
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    const answer = await minh.connect();
    expect(directoryOf(answer)).toEqual(first);
    const head = await w.gateway.ctx.store.head();
    expect(answer.head).toBeLessThan(head);
    expect(await minh.hear("agent.changed", (d) => d.agent.userId === lan.userId)).toMatchObject({
      agent: { state: "away", reason: "lunch" },
    });
    w.clock.advance(1_001);
    const later = await chi.connect();
    expect(later.head).toBeGreaterThanOrEqual(head);
    expect(directoryOf(later).agents).toContainEqual(
      expect.objectContaining({ userId: lan.userId, state: "away" }),
    );
  });

  const crowd = (people: number) =>
    w.gateway.ctx.store.write(async (tx) => {
      for (let i = 0; i < people; i++)
        await insertUser(tx, {
          id: newId(),
          username: `dong-${i}`,
          name: `Người đông ${i}`,
          password_hash: "",
          roles: '["agent"]',
          skills: "{}",
          disabled: 0,
          created_at: 0,
        });
    });

  function directoryOf(answer: CommandOutput<"sync.start">): Directory {
    if (answer.mode !== "snapshot" || !("packed" in answer.snapshot)) throw new Error("nothing is packed");
    return Directory.parse(JSON.parse(gunzipSync(answer.snapshot.packed).toString("utf8")));
  }

  test("too long away, and a number of another store, are answered with a snapshot", async () => {
    const lan = await w.person("lan");
    const id = crypto.randomUUID();
    for (let hundred = 0; hundred < 101; hundred++)
      await w.gateway.ctx.store.write(async (tx) => {
        for (let i = 0; i < 100; i++)
          tx.journal({
            name: "canned_reply.removed",
            at: 1,
            actorId: null,
            scopes: ["user:x"],
            data: { id },
          });
      });
    expect((await lan.call("sync.start", { lastSeq: 1 })).mode).toBe("snapshot");
    expect((await lan.call("sync.start", { lastSeq: 99_999_999 })).mode).toBe("snapshot");
    const head = await w.gateway.ctx.store.head();
    expect(await lan.call("sync.start", { lastSeq: head })).toMatchObject({ mode: "replayed", head });
  });

  test("a client that heard more than a restored store held starts anew; one that did not goes on", async () => {
    const [boss, chief] = [
      await w.person("ha", { roles: ["supervisor"] }),
      await w.person("hoang", { roles: ["supervisor"] }),
    ];
    await write("640", "trước bản sao");
    await w.settle();
    chief.disconnect();
    const backup = await w.gateway.ctx.store.head();
    for (let i = 0; i < 5; i++) await write("640", `sau bản sao ${i}`);
    await w.settle();
    boss.disconnect();
    expect(boss.lastSeq).toBeGreaterThan(backup);
    await w.settle();
    await forgetAfter(w, backup);
    await w.restart();
    w.clock.advance(60_000);
    for (let i = 0; i < 9; i++) await write("641", `sau khi khôi phục ${i}`);
    await w.settle();
    expect(await w.gateway.ctx.store.head()).toBeGreaterThan(boss.lastSeq);
    expect(await boss.connect()).toMatchObject({ mode: "snapshot", restored: true });
    expect((await chief.connect()).mode).toBe("replayed");
    const texts = chief.heard.flatMap((e) => (e.name === "message.created" ? [e.data.message.text] : []));
    expect(texts.filter((t) => t.startsWith("sau khi"))).toHaveLength(9);
    await write("641", "nữa");
    await w.settle();
    await boss.hear("message.created", (d) => d.message.text === "nữa");
  });

  test("a client that was offline for a minute in mid-conversation has all of it afterwards", async () => {
    const t = await talk(w);
    await w.settle();
    t.agent.disconnect();
    await w.settle();
    for (const text of ["alo?", "còn đó không?", "chờ mãi"]) await t.customer.text(text);
    await w.settle();
    await pass(w, 40_000);
    await t.agent.connect();
    await w.settle();
    const heard = t.agent.heard.flatMap((e) => (e.name === "message.created" ? [e.data.message.text] : []));
    expect(heard.slice(-3)).toEqual(["alo?", "còn đó không?", "chờ mãi"]);
    await say(t, "Em đây ạ");
    await w.settle();
    expect(t.customer.transcript().messages.at(-1)?.text).toBe("Em đây ạ");
  });

  test("nobody hears of conversations outside of their queues, and contact data comes masked", async () => {
    const lan = await w.person("lan");
    const boss = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const admin = await w.person("quantri", { roles: ["admin"] });
    await write("700", "chuyện bảo hành", SECOND_PAGE.pageId);
    await write("701", "chuyện của Lan");
    await w.settle();
    const about = (p: Person) => JSON.stringify(p.heard);
    expect(about(lan)).not.toContain("chuyện bảo hành");
    expect(about(lan)).toContain("chuyện của Lan");
    expect(about(admin)).not.toContain("chuyện");
    expect(about(boss)).toContain("chuyện bảo hành");

    const id = (await interactions(w)).find((i) => i.queue_id === w.queueId)?.customer_id ?? "";
    const { customer } = await boss.call("customer.get", { customerId: id });
    await boss.call("customer.update", {
      customerId: id,
      version: customer.version,
      name: "Anh Nam 0901234567",
      attributes: { "điện thoại": "0901234567", email: "khach@example.vn" },
    });
    await w.settle();
    expect(about(boss)).toContain("0901234567");
    expect(about(lan)).not.toContain("0901234567");
    expect(about(lan)).not.toContain("khach@example.vn");
    expect(JSON.stringify(await lan.call("customer.get", { customerId: id }))).not.toContain("0901234567");
    // Nor with the next message, of which the name is a part.
    await write("701", "alo shop ơi");
    await w.settle();
    expect(about(lan)).toContain("alo shop ơi");
    expect(about(lan)).not.toContain("0901234567");
    expect(JSON.stringify(await lan.call("conversation.list", { view: "all" }))).not.toContain("0901234567");
    // Also when it comes from the replay.
    lan.disconnect();
    const mark = lan.heard.length;
    const again = await boss.call("customer.get", { customerId: id });
    await boss.call("customer.update", { customerId: id, version: again.customer.version, tags: ["vip"] });
    await w.settle();
    await lan.connect();
    expect(JSON.stringify(lan.heard.slice(mark))).toContain("vip");
    expect(JSON.stringify(lan.heard.slice(mark))).not.toContain("0901234567");
  });
});

/** What restoring a backup does to the journal: later entries are gone, and their numbers are given out again. */
const forgetAfter = (w: World, seq: number): Promise<void> =>
  w.gateway.ctx.store.write(async (tx) => {
    await tx.db.deleteFrom("journal").where("seq", ">", seq).execute();
    await (tx.engine === "sqlite"
      ? sql`update sqlite_sequence set seq = ${seq} where name = 'journal'`
      : sql`select setval(pg_get_serial_sequence('journal', 'seq'), ${seq})`
    ).execute(tx.db);
  });
