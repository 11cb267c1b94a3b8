import { AppError } from "@tongdai/shared";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saveQueue } from "../features/queues/index.ts";
import { newId } from "../ids.ts";
import { shareMedia } from "../store/media.ts";
import { work } from "../testing/scene.ts";
import { fileUpload, type TestHttp, testHttp } from "../testing/test-http.ts";
import { disposition } from "./disposition.ts";
import { MAX_UPLOAD_BYTES } from "./media.ts";
import { parseRange } from "./range.ts";

let http: TestHttp;
let lan: Awaited<ReturnType<TestHttp["person"]>>;
beforeEach(async () => {
  http = await testHttp();
  lan = await http.person("lan");
});
afterEach(() => http.close());

const send = (upload: ReturnType<typeof fileUpload>, headers = lan.headers) =>
  http.app.inject({ ...upload, headers: { ...upload.headers, ...headers } });
const uploaded = async (content: Buffer | string, name = "a.txt") =>
  (await send(fileUpload(Buffer.from(content), { name }))).json<{ mediaId: string }>().mediaId;
const get = (id: string, headers: Record<string, string> = lan.headers) =>
  http.app.inject({ url: `/api/v1/media/${id}`, headers });

/** A conversation of a queue, with the given people as its members. */
async function conversation(memberIds: string[], ownerId: string | null = null): Promise<string> {
  const { ctx } = http;
  const { id: queue_id } = await saveQueue(ctx, null, {
    id: null,
    name: newId(),
    memberIds,
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "x", resolved: true }],
  });
  const account_id = newId();
  await ctx.store.write((tx) =>
    tx.db
      .insertInto("channel_account")
      .values({
        id: account_id,
        channel: "facebook",
        external_id: account_id,
        name: "A",
        queue_id,
        comment_queue_id: null,
        enabled: 1,
        config: "",
        needs: "[]",
        webhook_key: "k",
        one_way: 0,
        health: "ok",
        health_since: 0,
        last_inbound_at: null,
        last_error: null,
      })
      .execute(),
  );
  const place = { accounts: { [queue_id]: account_id } };
  return (await work(ctx, place, { queueId: queue_id, ownerId })).conversationId;
}

test.each([
  ["cut off in the file", (whole: Buffer) => whole.subarray(0, -20)],
  ["cut off in the head", (whole: Buffer) => whole.subarray(0, 40)],
  ["no parts at all", () => Buffer.from("garbage")],
  ["nothing", () => Buffer.alloc(0)],
])("an upload whose body is broken is refused as such and nothing is kept: %s", async (_name, broken) => {
  const upload = fileUpload(Buffer.from("one file"));
  const answer = await send({ ...upload, payload: broken(Buffer.from(upload.payload)) });
  expect([answer.statusCode, answer.json().error.code]).toEqual([400, "invalid_input"]);
  expect(await http.ctx.store.db.selectFrom("media").select("id").execute()).toEqual([]);
});

test("what was sent up comes down again, byte for byte, under its own name", async () => {
  const content = Buffer.from("nội dung\r\n--x\r\n\u0001");
  const answer = await send(fileUpload(content, { name: "C:\\fake\\Hóa đơn (1).txt", mime: "text/html" }));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    kind: "file",
    name: "Hóa đơn (1).txt",
    mime: "text/plain",
    size: content.length,
    thumbnail: false,
  });
  const file = await get(answer.json().mediaId);
  expect(file.rawPayload).toEqual(content);
  expect(file.headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(content.length),
    "content-disposition": `attachment; filename="H_a __n (1).txt"; filename*=UTF-8''H%C3%B3a%20%C4%91%C6%A1n%20%281%29.txt`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, max-age=31536000, immutable",
  });
});

test("a picture is shown in place and has a small copy", async () => {
  const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#3c3" } })
    .png()
    .toBuffer();
  const { mediaId, ...rest } = (await send(fileUpload(png, { name: "a.exe" }))).json();
  expect(rest).toMatchObject({ kind: "image", mime: "image/png", thumbnail: true });
  const file = await get(mediaId);
  expect(file.headers["content-type"]).toBe("image/png");
  expect(file.headers["content-disposition"]).toMatch(/^inline; filename="a.exe"/);
  const small = await get(`${mediaId}/thumbnail`);
  expect(small.headers["content-type"]).toBe("image/webp");
  expect((await sharp(small.rawPayload).metadata()).width).toBe(480);
});

test("a page with a script is a text to be saved, whatever it was called", async () => {
  const id = await uploaded("<!doctype html><script>alert(1)</script>", "a.html");
  const file = await get(id);
  expect(file.headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(file.headers["content-disposition"]).toMatch(/^attachment; filename="a.html"/);
  expect((await get(`${id}/thumbnail`)).statusCode).toBe(404);
});

test.each([
  ['a"; filename="b\r\nx-evil: 1.txt', /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[\w.%~!-]+$/],
  ["../../etc/passwd", /^attachment; filename="passwd"/],
  ["\u202Egnp.exe", /^attachment; filename="gnp.exe"/],
])("name %j cannot leave its place", async (name, pattern) => {
  const id = await uploaded("x", name.replaceAll('"', "%22").replaceAll("\r\n", " "));
  expect(String((await get(id)).headers["content-disposition"])).toMatch(pattern);
});

test("a name cannot end the place where it stands", () => {
  expect(disposition({ kind: "file", name: 'a"b\\c%d\r\ne' })).toBe(
    `attachment; filename="a_b_c_d__e"; filename*=UTF-8''a%22b%5Cc%25d%0D%0Ae`,
  );
});

test("a file may be fetched in parts", async () => {
  const id = await uploaded("0123456789");
  const part = async (range: string) => {
    const answer = await get(id, { ...lan.headers, range });
    return [answer.statusCode, answer.body, answer.headers["content-range"]];
  };
  expect(await part("bytes=2-4")).toEqual([206, "234", "bytes 2-4/10"]);
  expect(await part("bytes=7-")).toEqual([206, "789", "bytes 7-9/10"]);
  expect(await part("bytes=-3")).toEqual([206, "789", "bytes 7-9/10"]);
  expect(await part("bytes=0-999")).toEqual([206, "0123456789", "bytes 0-9/10"]);
  expect((await part("bytes=10-"))[0]).toBe(416);
  expect((await part("bytes=10-"))[2]).toBe("bytes */10");
  for (const ignored of ["bytes=4-2", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2"])
    expect((await part(ignored)).slice(0, 2)).toEqual([200, "0123456789"]);
});

test("a range never leaves the file", () => {
  for (const size of [0, 1, 10])
    for (const header of ["bytes=0-0", "bytes=-0", "bytes=-1", "bytes=5-", "bytes=0-99999999999"]) {
      const range = parseRange(header, size);
      if (range === null || range === "unsatisfiable") continue;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeLessThan(size);
      expect(range.start).toBeLessThanOrEqual(range.end);
    }
});

test("what the asker has already is not sent again", async () => {
  const id = await uploaded("abc");
  const etag = String((await get(id)).headers["etag"]);
  const again = await get(id, { ...lan.headers, "if-none-match": etag });
  expect([again.statusCode, again.body]).toEqual([304, ""]);
});

test("a file belongs to its uploader until it hangs in a conversation, then to all who see that", async () => {
  const id = await uploaded("secret");
  const minh = await http.person("minh");
  const ha = await http.person("ha", ["supervisor"]);
  const boss = await http.person("boss", ["admin"]);
  const who = async () =>
    Promise.all([lan, minh, ha, boss].map(async (p) => (await get(id, p.headers)).statusCode));
  expect(await who()).toEqual([200, 404, 404, 404]);

  const elsewhere = await conversation([]);
  await http.ctx.store.write((tx) => shareMedia(tx, [id], elsewhere));
  expect(await who()).toEqual([200, 404, 200, 404]);
  // An administrator's membership of a queue shows no customer's files.
  const minhsQueue = await conversation([minh.id, boss.id]);
  await http.ctx.store.write((tx) => shareMedia(tx, [id], minhsQueue));
  expect(await who()).toEqual([200, 200, 200, 404]);
  const minhsOwn = await conversation([], minh.id);
  await http.ctx.store.write((tx) => shareMedia(tx, [id], minhsOwn));
  expect(await who()).toEqual([200, 200, 200, 404]);
  expect((await get(id, {})).statusCode).toBe(401);
  expect((await get(newId())).statusCode).toBe(404);
  expect((await get("not-an-id")).statusCode).toBe(400);
});

test("25 MB pass, a byte more leaves nothing behind", async () => {
  expect((await send(fileUpload(Buffer.alloc(MAX_UPLOAD_BYTES)))).statusCode).toBe(200);
  const answer = await send(fileUpload(Buffer.alloc(MAX_UPLOAD_BYTES + 1)));
  expect([answer.statusCode, answer.json().error.code]).toEqual([413, "too_large"]);
  expect(await http.ctx.store.db.selectFrom("media").select("id").execute()).toHaveLength(1);
});

test("an upload needs a person who works, one part, and the right name for it", async () => {
  const boss = await http.person("boss", ["admin"]);
  const status = async (...args: Parameters<typeof send>) => {
    const answer = await send(...args);
    return [answer.statusCode, answer.json().error.code];
  };
  const file = fileUpload(Buffer.from("x"));
  expect(await status(file, {} as never)).toEqual([401, "unauthenticated"]);
  expect(await status(file, boss.headers as never)).toEqual([403, "forbidden"]);
  expect(await status(fileUpload(Buffer.from("x"), { field: "other" }))).toEqual([400, "invalid_input"]);
  expect(await status({ ...file, headers: { "content-type": "application/json" }, payload: "{}" })).toEqual([
    415,
    "unsupported_media",
  ]);
  expect(await status({ ...file, payload: "------boundary--\r\n" })).toEqual([400, "invalid_input"]);
});

test("a disk that takes no more is said to be unavailable", async () => {
  const put = () => Promise.reject(new AppError("unavailable", "full"));
  await http.close();
  http = await testHttp();
  lan = await http.person("lan");
  Object.assign(http.ctx.media, { put });
  const answer = await send(fileUpload(Buffer.from("x")));
  expect([answer.statusCode, answer.json().error.code]).toEqual([503, "unavailable"]);
});
