import { seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf, echoTo, entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import { APP, type World, world } from "../support/world.ts";

type Event = ReturnType<typeof fromCustomer>;

/** Vendors deliver in any order (channels: rule 3), so the order must not show in the end. */
describe.each([
  ["sqlite", 40],
  ["postgres", 12],
] as const)("the same events in any order, on %s", (engine, rounds) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const post = (item: Event) => w.facebook.sendRaw(APP.appId, [entryOf([item])]);

  /** One customer's afternoon, oldest first. */
  function story(psid: string): Event[] {
    const t0 = w.clock.now() - 3_600_000;
    const mids = new Map<string, string>();
    const mid = (name: string): string => {
      const known = mids.get(name) ?? freshMid();
      mids.set(name, known);
      return known;
    };
    let at = t0;
    const next = () => (at += 1_000);
    const says = (name: string, text: string, more: object = {}): Event =>
      fromCustomer(psid, next(), { message: { mid: mid(name), text, ...more } });
    const does = (event: Parameters<typeof fromCustomer>[2]): Event => fromCustomer(psid, next(), event);
    const outside = (name: string, text: string): Event =>
      echoTo(psid, next(), { mid: mid(name), text, app_id: 5 });
    return [
      says("a", "chào"),
      says("b", "đặt hai cái"),
      does({ message_edit: { mid: mid("b"), text: "đặt ba cái", num_edit: 1 } }),
      does({ message_edit: { mid: mid("b"), text: "đặt bốn cái", num_edit: 2 } }),
      outside("o1", "dạ có ngay"),
      does({ reaction: { mid: mid("o1"), action: "react", reaction: "love", emoji: "❤️" } }),
      says("c", "số thẻ của tôi là 9704"),
      does({ message: { mid: mid("c"), is_deleted: true } }),
      says("d", "ý là cái này", { reply_to: { mid: mid("b") } }),
      says("e", "và cái kia", { reply_to: { mid: mid("c") } }),
      does({ reaction: { mid: mid("o1"), action: "unreact", reaction: "love", emoji: "❤️" } }),
      outside("o2", "xong rồi ạ"),
      does({ delivery: { watermark: at, mids: [mid("o2")] } }),
      does({ read: { watermark: at - 2_000 } }),
      does({ postback: { mid: freshMid(), title: "Theo dõi đơn", payload: "TRACK" } }),
      does({ reaction: { mid: mid("o2"), action: "react", reaction: "like", emoji: "👍" } }),
      says("f", "cảm ơn"),
    ];
  }

  async function endState(psid: string) {
    const rows = await rowsOf(w, psid);
    const nameOf = new Map(rows.map((r, i) => [r.id, i]));
    const c = await conversationOf(w, psid);
    return {
      rows: rows.map((r) => ({
        kind: r.kind,
        direction: r.direction,
        text: r.text,
        folded: r.folded,
        state: r.state,
        reactions: r.reactions,
        revision: r.revision,
        quotes: r.reply_to_id === null ? null : nameOf.get(r.reply_to_id),
        excerpt: r.reply_excerpt,
        worked: r.interaction_id !== null,
        at: r.at,
      })),
      unread: c.unread,
      preview: [c.preview_text, c.preview_direction, c.preview_attachment],
      last: c.last_message_at,
      windows: [c.window_opened_at, c.last_inbound_at],
      unanswered: c.unanswered_since,
      receipts: [c.delivered_until, c.read_until],
      work: c.interaction_state,
    };
  }

  test("a customer's afternoon ends the same", async () => {
    for (const event of story("6000")) await post(event);
    await w.settle();
    const inOrder = await endState("6000");
    expect(inOrder.rows.map((r) => [r.text, r.state])).toEqual([
      ["chào", "received"],
      ["đặt bốn cái", "received"],
      ["dạ có ngay", "read"],
      ["số thẻ của tôi là 9704", "removed"],
      ["ý là cái này", "received"],
      ["và cái kia", "received"],
      ["xong rồi ạ", "delivered"],
      ["Theo dõi đơn", "received"],
      ["cảm ơn", "received"],
    ]);
    expect(inOrder.preview[0]).toBe("cảm ơn");

    for (let seed = 1; seed <= rounds; seed++) {
      const psid = `${6000 + seed}`;
      const [start, ...others] = story(psid);
      const events = shuffled(others, seededRandom(seed));
      // Before the customer's first word an echo is nobody's work.
      if (start) events.splice(events.findIndex(isEcho), 0, start);
      for (const event of events) await post(event);
      await w.settle();
      expect({ seed, ...(await endState(psid)) }).toEqual({ seed, ...inOrder });
    }
  }, 120_000);

  test("an edit whose message never comes stands for it after a minute, once", async () => {
    const at = w.clock.now();
    await post(fromCustomer("6900", at - 10, { message: { mid: freshMid(), text: "một" } }));
    await post(fromCustomer("6900", at, { message_edit: { mid: "m_lost", text: "hai", num_edit: 1 } }));
    await w.settle();
    expect((await rowsOf(w, "6900")).map((r) => r.text)).toEqual(["một"]);
    w.clock.advance(61_000);
    await w.settle();
    expect((await rowsOf(w, "6900")).map((r) => [r.text, r.revision])).toEqual([
      ["một", 0],
      ["hai", 1],
    ]);
    await post(fromCustomer("6900", at - 5, { message: { mid: "m_lost", text: "bản đầu" } }));
    await w.settle();
    expect((await rowsOf(w, "6900")).map((r) => r.text)).toEqual(["một", "hai"]);
  });

  test("words that were taken back before they came are never told to anybody", async () => {
    const lan = await w.agent("lan");
    const at = w.clock.now();
    await post(fromCustomer("6901", at, { message: { mid: freshMid(), text: "chào" } }));
    await post(fromCustomer("6901", at + 2, { message: { mid: "m_r", is_deleted: true } }));
    await post(fromCustomer("6901", at + 1, { message: { mid: "m_r", text: "lộ số thẻ" } }));
    await w.settle();
    expect(JSON.stringify(lan.heard)).not.toContain("lộ số thẻ");
    expect((await rowsOf(w, "6901")).map((r) => r.state)).toEqual(["received", "removed"]);
  });

  test("what a customer does before their first message is known counts for the conversation that it makes", async () => {
    const at = w.clock.now();
    const [target, liked] = [freshMid(), at - 50_000];
    await post(fromCustomer("6903", liked, { reaction: { mid: target, action: "react", emoji: "👍" } }));
    await post(fromCustomer("6903", at - 40_000, { delivery: { watermark: at - 55_000 } }));
    await post(fromCustomer("6903", at - 30_000, { delivery: { watermark: at - 60_000 } }));
    await post(fromCustomer("6903", at - 20_000, { read: { watermark: at - 60_000 } }));
    await post(echoTo("6903", at - 60_000, { mid: target, text: "mời chị xem", app_id: 5 }));
    await post(echoTo("6903", at - 55_000, { mid: freshMid(), text: "còn hàng ạ", app_id: 5 }));
    await w.settle();
    const c = await conversationOf(w, "6903");
    expect([c.window_opened_at, c.delivered_until, c.read_until]).toEqual([liked, at - 55_000, at - 60_000]);
    expect(c.answer_until).toBe(liked + 24 * 3_600_000);
    const rows = await rowsOf(w, "6903");
    expect(rows.map((r) => r.state)).toEqual(["read", "delivered"]);
    expect(rows[0]?.reactions).toContain("👍");
  });

  test("a receipt and the first message at the same moment: the receipt is never lost", async () => {
    const at = w.clock.now();
    for (let i = 0; i < 20; i++) {
      const psid = `${6950 + i}`;
      const acts = [
        fromCustomer(psid, at, { message: { mid: freshMid(), text: "chào" } }),
        fromCustomer(psid, at, { read: { watermark: at - 1 } }),
      ];
      await Promise.all((i % 2 === 0 ? acts : acts.toReversed()).map(post));
    }
    await w.settle();
    for (let i = 0; i < 20; i++) expect((await conversationOf(w, `${6950 + i}`)).read_until).toBe(at - 1);
  });

  test("an older word from outside answers nobody", async () => {
    const at = w.clock.now();
    await post(fromCustomer("6902", at, { message: { mid: freshMid(), text: "mới" } }));
    await post(echoTo("6902", at - 60_000, { mid: freshMid(), text: "cũ hơn", app_id: 5 }));
    await w.settle();
    const c = await conversationOf(w, "6902");
    expect([c.unanswered_since, c.preview_text]).toEqual([at, "mới"]);
  });
});

const isEcho = (event: Event): boolean => JSON.stringify(event).includes('"is_echo":true');

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
