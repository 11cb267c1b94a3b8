import type { CommandInput } from "@tongdai/shared";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { conversationById, updateConversation } from "../../store/conversations.ts";
import { indexMessages } from "../../store/message-index.ts";
import { insertMessage, updateMessage } from "../../store/messages.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";
import { messageRow } from "./message-row.ts";

/** SQLite reads the newest messages row by row: none of them indexed, all of them, and all but the last lot. */
const cases = [
  { name: "sqlite, nothing indexed", engine: "sqlite", indexed: "none" },
  { name: "sqlite, all indexed", engine: "sqlite", indexed: "all" },
  { name: "sqlite, the last lot not indexed", engine: "sqlite", indexed: "earlier" },
  { name: "postgres", engine: "postgres", indexed: "none" },
] as const;

describe.each(cases)("message search on $name", ({ engine, indexed }) => {
  let ctx: TestCtx;
  let s: Scene;
  let care: Work;
  let warranty: Work;
  let at = 0;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    care = await work(ctx, s, { queueId: s.care });
    warranty = await work(ctx, s, { queueId: s.warranty });
  });
  afterAll(() => ctx.close());
  beforeEach(() =>
    ctx.store.write(async (tx) => {
      await tx.db.deleteFrom("message").execute();
    }),
  );

  const index = async () => {
    while (await ctx.store.write(indexMessages));
  };
  const write = async (w: Work, ...texts: string[]) => {
    if (indexed === "earlier") await index();
    await insert(w, texts);
    if (indexed === "all") await index();
  };
  const insert = (w: Work, texts: readonly string[]) =>
    ctx.store.write(async (tx) => {
      const view = await conversationById(tx, w.conversationId);
      if (!view) throw new Error("the scene's conversation is there");
      for (const text of texts) {
        at++;
        await insertMessage(
          tx,
          messageRow(view, {
            kind: "message",
            direction: "in",
            author_kind: "customer",
            state: "received",
            text,
            at,
            created_at: at,
          }),
        );
      }
    });
  const search = (input: CommandInput<"conversation.search">, caller: Caller = s.ha) =>
    ask(ctx, caller, { name: "conversation.search", handler: handlers["conversation.search"], input });
  const found = async (query: string, caller?: Caller) =>
    (await search({ query }, caller)).hits.map((h) => h.message.text);

  test("neither accents, case nor the form of the accents matter, in the query or in the message", async () => {
    const texts = ["Đơn hàng".normalize("NFC"), "Đơn hàng".normalize("NFD"), "ĐƠN HÀNG đã giao", "don hang"];
    await write(care, ...texts, "đơn giá");
    for (const query of ["don hang", "Đơn hàng", "ĐƠN HÀNG".normalize("NFD"), "hàng đơn", "đơn ha\u0300ng"])
      expect(await found(query), query).toEqual([...texts].reverse());
  });

  test("the last word may be a beginning, from two letters on", async () => {
    await write(care, "phòng a", "phòng ấm", "phòng 1", "phòng 12");
    expect(await found("phòng")).toHaveLength(4);
    expect(await found("pho")).toHaveLength(4);
    expect(await found("phòng am")).toEqual(["phòng ấm"]);
    expect(await found("phòng a")).toEqual(["phòng a"]);
    expect(await found("phòng 1")).toEqual(["phòng 1"]);
    expect(await found("pho am")).toEqual([]);
  });

  test("what is no word finds nothing; a search engine's own signs and words do no harm", async () => {
    await write(care, `"OR" AND (NOT near*) col:x 'a' & b | !c \u{1f642} <-> {d}^2`, "một tin khác");
    for (const query of ["\u{1f642}", "\"'*", "%", "_", ":*", "& | !", "()", "--", "<->", "\\", "^"])
      expect(await found(query), query).toEqual([]);
    for (const query of [
      "or",
      '"or',
      "AND NOT",
      "near*",
      "NEAR(or and)",
      "col:x",
      "'a'",
      "a & b",
      "b | !c",
      "c \u{1f642} d",
      "-c",
      "or\u0000",
      "d}^2",
    ])
      expect(await found(query), query).toHaveLength(1);
    for (const query of ["tin OR near", "folded:col"]) expect(await found(query), query).toEqual([]);
    expect(await found("tin -khac")).toEqual(["một tin khác"]);
  });

  test.each([
    ["mã DH-12345 đâu rồi", "12345"],
    ["mã DH-12345 đâu rồi", "dh-12345"],
    ["giá 2tr/tháng", "thang"],
    ["số 1.500.000đ", "1.500.000đ"],
    ["ngày 22/11/2026", "22/11"],
    ["https://sen.vn/san-pham/ao-dai?mau=do", "ao dai"],
    ["viết cho lan.tran@sen.vn nhé", "tran"],
    ["viết cho lan.tran@sen.vn nhé", "lan.tran@sen.vn"],
    ["&amp; <b>đậm</b>", "dam"],
    ["-5 độ", "5 do"],
  ])("a word is one whatever stands beside it: %s is found by %s", async (text, query) => {
    await write(care, text, "tin khác");
    expect(await found(query)).toEqual([text]);
  });

  test("a message of a megabyte is kept, and found by its beginning", async () => {
    const words = Array.from({ length: 180_000 }, (_, i) => (i + 60_000).toString(36)).join(" ");
    await write(care, `đầu thư ${words}`);
    expect(await found("đầu thư")).toHaveLength(1);
  });

  test("whoever sees one queue finds what lies behind thousands of others' messages, page after page", async () => {
    const others = (n: number) => Array.from({ length: n }, (_, i) => `chào của người khác ${i}`);
    const mine = Array.from({ length: 7 }, (_, i) => `chào của tôi ${i}`);
    await write(care, ...mine.slice(0, 3));
    await write(warranty, ...others(1_300));
    await write(care, ...mine.slice(3, 5));
    await write(warranty, ...others(30));
    await write(care, ...mine.slice(5));
    expect(await found("chào", s.lan)).toEqual([...mine].reverse());
    expect(await found("tôi", s.minh)).toEqual([]);

    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await search({ query: "chào", limit: 2, ...(cursor ? { cursor } : {}) }, s.lan);
      expect(page.hits.length).toBeLessThanOrEqual(2);
      seen.push(...page.hits.map((h) => h.message.text));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual([...mine].reverse());
  });

  test("whoever has no queue finds what stands in their own conversations, and nothing else", async () => {
    await write(care, "chào một", "hẹn gặp lại");
    await write(warranty, "chào hai");
    await write(care, "chào ba");
    const alone = { ...s.lan, queueIds: [] };
    expect(await found("chào", alone)).toEqual([]);
    await own(care, alone.userId);
    expect(await found("chào", alone)).toEqual(["chào ba", "chào một"]);
    expect(await found("hẹn la", alone)).toEqual(["hẹn gặp lại"]);
    await write(care, ...Array.from({ length: 1_100 }, (_, i) => `tin ${i}`), "chào bốn");
    expect(await found("chào", alone)).toEqual(["chào bốn", "chào ba", "chào một"]);
    await own(care, null);
  });

  const own = (w: Work, owner_id: string | null) =>
    ctx.store.write((tx) => updateConversation(tx, w.conversationId, { owner_id }));

  test("words that are seldom together are found wherever they stand, in whatever window", async () => {
    await write(care, "đầu tiên của tất cả");
    await write(care, ...Array.from({ length: 40 }, (_, i) => `đầu ${i}`));
    await write(care, "");
    if (engine === "sqlite") await leaveAGap();
    await write(care, "tiên sau cùng");
    expect(await found("đầu tiên")).toEqual(["đầu tiên của tất cả"]);
    expect(await found("tiên", s.lan)).toEqual(["tiên sau cùng", "đầu tiên của tất cả"]);
  });

  /** As far as if half a million messages stood between those before and those after. */
  const leaveAGap = () =>
    ctx.store.write((tx) =>
      sql`update message set rowid = rowid + 500000 where folded = ''`.execute(tx.db).then(() => undefined),
    );

  test("an edited message is found by its new words only, a deleted one not at all", async () => {
    await write(care, "giá cũ", "giữ nguyên");
    await write(care, "giá khác");
    const [other, , old] = await ids();
    await ctx.store.write((tx) => updateMessage(tx, old ?? "", { text: "giá mới", folded: "gia moi" }));
    expect(await found("cũ")).toEqual([]);
    expect(await found("giá")).toEqual(["giá khác", "giá mới"]);
    await ctx.store.write((tx) =>
      tx.db
        .deleteFrom("message")
        .where("id", "=", other ?? "")
        .execute(),
    );
    expect(await found("giá")).toEqual(["giá mới"]);
    await write(care, "giá cuối");
    expect(await found("giá")).toEqual(["giá cuối", "giá mới"]);
  });

  /** Newest first. */
  const ids = async () =>
    (await ctx.store.db.selectFrom("message").select("id").orderBy("at", "desc").execute()).map((m) => m.id);
});
