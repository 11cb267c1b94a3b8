import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { asList, asObject, asText, type JsonObject, parseJson } from "../kit/json.ts";
import { type Bench, bench, PAGE } from "./test-bench.ts";

const HOUR = 3_600_000;
const KNOWN = { psid: "900000000000002", name: "Lê Minh Châu" };

let dir = "";
let stateFile = "";
let b: Bench;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "simulator-state-"));
  stateFile = join(dir, "data", "simulator.json");
  b = await bench({ stateFile });
});
afterEach(async () => {
  await b.close();
  rmSync(dir, { recursive: true });
});

/** Stops and starts on the same file, so much later. */
async function again(afterMs = 0, options: Parameters<typeof bench>[0] = {}): Promise<void> {
  const now = b.clock.now();
  await b.close();
  b = await bench({ stateFile, start: now + afterMs, ...options });
}

const mai = () => b.sim.customer({ pageId: PAGE, name: "Phạm Thị Mai" });
const kept = (): JsonObject => asObject(parseJson(readFileSync(stateFile, "utf8")));

describe("a second start", () => {
  test("knows the customer, the window and the chat, and an answer reaches them", async () => {
    const { psid } = mai();
    const { mid } = await mai().text("Xin chào");
    await mai().reply(mid, "còn hàng không?");
    await mai().react(mid, "love");
    await b.sim.settle();
    await b.send(psid, {
      text: "Dạ còn ạ",
      quick_replies: [{ content_type: "text", title: "Có", payload: "Y" }],
    });
    await b.sim.settle();
    await mai().read();
    await b.sim.settle();
    const before = mai().transcript();

    await again(23 * HOUR);
    expect(b.sim.customers.map((one) => one.psid)).toEqual([psid]);
    expect(mai().transcript()).toEqual({
      ...before,
      window: {
        standardLeftMs: before.window.standardLeftMs - 23 * HOUR,
        humanAgentLeftMs: before.window.humanAgentLeftMs - 23 * HOUR,
      },
    });
    expect((await b.send(psid, { text: "chị còn cần không ạ?" })).status).toBe(200);
    expect(mai().transcript().messages.at(-1)?.text).toBe("chị còn cần không ạ?");

    await again(2 * HOUR);
    expect((await b.send(psid, { text: "trễ" })).subcode).toBe(2018278);
  });

  test("keeps the travelled time, comments, and who blocked the page", async () => {
    b.sim.timeTravel(25 * HOUR);
    const comment = await mai().comment("Giá bao nhiêu?");
    mai().block();
    await b.sim.settle();
    await again();
    expect(b.sim.context.time.offset()).toBe(25 * HOUR);
    expect(b.sim.context.world.pages.get(PAGE)?.comments.get(comment.id)).toEqual(comment);
    expect(mai().transcript().blocked).toBe(true);
  });

  test("delivers to a phone that was off what waited for it", async () => {
    await mai().text("Xin chào");
    mai().offline();
    await b.send(mai().psid, { text: "alo" });
    await b.sim.settle();
    await again();
    expect(mai().transcript().messages.at(-1)?.state).toBe("sent");
    mai().online();
    await b.sim.settle();
    expect(mai().transcript().messages.at(-1)?.state).toBe("delivered");
    expect(b.hook.items().at(-1)).toHaveProperty("delivery");
  });

  test("has no faults and the tokens of its configuration", async () => {
    b.sim.faults.set("send.serverError");
    b.sim.revokeToken(PAGE);
    await mai().text("Xin chào");
    await b.sim.settle();
    await again();
    expect(b.sim.faults.list()).toEqual([]);
    expect((await b.graph("GET", "/me")).status).toBe(200);
  });
});

describe("pictures", () => {
  const bytesOf = (index: number) => {
    const mediaId = mai().attachments[index]?.mediaId ?? "";
    return b.sim.context.media.get(mediaId)?.bytes;
  };

  test("small ones and stickers come back, a large one as a placeholder", async () => {
    const small = new Uint8Array([1, 2, 3]);
    await mai().image(small);
    await mai().image(new Uint8Array(1024 * 1024 + 1));
    await mai().file("file", {
      bytes: new Uint8Array(2 ** 21),
      contentType: "application/pdf",
      name: "đơn.pdf",
    });
    await mai().sticker();
    await b.sim.settle();
    const sticker = Buffer.from(bytesOf(3) ?? []);
    await again();
    expect([...(bytesOf(0) ?? [])]).toEqual([...small]);
    expect(
      Buffer.from(bytesOf(1) ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(mai().attachments[2]).toMatchObject({ name: "đơn.pdf", contentType: "application/pdf", size: 0 });
    expect(sticker.equals(Buffer.from(bytesOf(3) ?? []))).toBe(true);
    expect(mai().attachments[3]?.size).toBeGreaterThan(0);
  });

  test("the newest are kept when there is no room for all", async () => {
    for (let n = 0; n < 9; n += 1) await mai().image(new Uint8Array(1024 * 1024).fill(n));
    await b.sim.settle();
    await again();
    expect(bytesOf(0)?.length).toBeLessThan(1024 * 1024);
    expect(bytesOf(1)?.[0]).toBe(1);
    expect(bytesOf(8)?.[0]).toBe(8);
  });
});

describe("the file", () => {
  test("is written soon after a change, once for many, and whole", async () => {
    expect(existsSync(stateFile)).toBe(false);
    await mai().text("một");
    await mai().text("hai");
    await b.sim.settle();
    expect(existsSync(stateFile)).toBe(false);
    b.clock.advance(250);
    expect(asList(asObject(asList(kept()["pages"])[0])["threads"])).toHaveLength(1);
    expect(readdirSync(join(dir, "data"))).toEqual(["simulator.json"]);
    rmSync(stateFile);
    b.clock.advance(HOUR);
    expect(existsSync(stateFile)).toBe(false);
  });

  test("that cannot be written costs a line, not the run", async () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    writeFileSync(join(dir, "data"), "a file where the folder should be");
    await mai().text("một");
    await b.sim.settle();
    b.clock.advance(250);
    const words = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(words).toHaveLength(1);
    expect(words[0]).toContain("could not be written");
    expect(mai().transcript().messages).toHaveLength(1);
    rmSync(join(dir, "data"));
  });

  test.each([
    ["half a file", (whole: string) => whole.slice(0, -20)],
    ["nothing", () => ""],
    ["another version", (whole: string) => whole.replace('"version":1', '"version":2')],
    ["a wrong type", (whole: string) => whole.replace('"blocked":false', '"blocked":"no"')],
    ["a missing field", (whole: string) => whole.replace(/"mid":"[^"]*",/, "")],
    ["an unknown kind", (whole: string) => whole.replace('"type":"image"', '"type":"hologram"')],
  ])("that is damaged is put aside: %s", async (_name, damage) => {
    await mai().image(new Uint8Array([1]), "Xin chào");
    await b.sim.settle();
    await b.sim.close();
    const damaged = damage(readFileSync(stateFile, "utf8"));
    writeFileSync(stateFile, damaged);
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await again();
    const words = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(words).toHaveLength(1);
    expect(words[0]).toMatch(/^simulator: .* is damaged \(.+\).*simulator\.json\.bad.*\n$/);
    expect(readFileSync(`${stateFile}.bad`, "utf8")).toBe(damaged);
    expect(b.sim.customers).toEqual([]);
    await mai().text("từ đầu");
    await b.sim.settle();
    await again();
    expect(mai().transcript().messages).toHaveLength(1);
  });
});

describe("people whom the page knows", () => {
  const wrote = (lastWroteAt: number) => [{ ...KNOWN, lastWroteAt }];

  test("can be answered while their window is open, and no longer after a second start", async () => {
    const now = b.clock.now();
    await again(0, { people: wrote(now - 23 * HOUR) });
    expect((await b.send(KNOWN.psid, { text: "Chào chị" })).status).toBe(200);
    // Configured anew at each start: the file's time is the true one.
    await again(2 * HOUR, { people: wrote(now + 2 * HOUR) });
    expect(await b.send(KNOWN.psid, { text: "?" })).toMatchObject({ code: 10, subcode: 2018278 });
    const human = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
    expect((await b.send(KNOWN.psid, { text: "Chào chị" }, human)).status).toBe(200);
  });

  test("are kept from the first start although nothing happens", async () => {
    const now = b.clock.now();
    await again(0, { people: wrote(now) });
    await again(25 * HOUR, { people: wrote(now + 25 * HOUR) });
    expect((await b.send(KNOWN.psid, { text: "?" })).subcode).toBe(2018278);
  });

  test("have closed windows when nobody says when they wrote", async () => {
    await again(0, { people: [KNOWN] });
    const human = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
    expect((await b.send(KNOWN.psid, { text: "?" }, human)).subcode).toBe(2018278);
  });

  test("are on their page's list and are played under their own id", async () => {
    await again(0, { people: [KNOWN] });
    const state = asObject(parseJson(await (await fetch(`${b.sim.url}/sim/state`)).text()));
    expect(asList(state["pages"]).map((page) => asObject(page)["people"])).toEqual([[KNOWN], []]);
    const answer = await fetch(`${b.sim.url}/sim/customers`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ pageId: PAGE, ...KNOWN }),
    });
    expect(await answer.json()).toEqual({ pageId: PAGE, ...KNOWN });
    expect(b.sim.customers).toHaveLength(1);
  });
});

test("stand-alone: SIM_STATE brings a customer back after a stop", async () => {
  const pages = [{ pageId: PAGE, name: "Sen", token: "T", people: [{ ...KNOWN, lastWroteAt: Date.now() }] }];
  const apps = [{ appId: "1", appSecret: "app-secret", verifyToken: "v", webhookUrl: b.hook.url, pages }];
  const run = async (play: (url: string) => Promise<string>): Promise<string> => {
    const child = spawn(process.execPath, [new URL("main.ts", import.meta.url).pathname], {
      env: { ...process.env, SIM_PORT: "0", SIM_CONFIG: JSON.stringify(apps), SIM_STATE: `${stateFile}.own` },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout, "data");
    const heard = await play(/simulator listening (\S+)/.exec(String(line))?.[1] ?? "");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    return heard;
  };
  const post = async (url: string, body: JsonObject) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return asObject(parseJson(await answer.text()));
  };
  const psid = await run(async (url) => {
    const made = await post(`${url}/sim/customers`, { pageId: PAGE, name: "Phạm Thị Mai" });
    const id = asText(made["psid"]) ?? "";
    await post(`${url}/sim/customers/${id}/text`, { text: "Xin chào" });
    return id;
  });
  const chat = await run(async (url) => {
    for (const id of [psid, KNOWN.psid]) {
      const body = { recipient: { id }, messaging_type: "RESPONSE", message: { text: "Dạ" } };
      expect(await post(`${url}/v25.0/me/messages?access_token=T`, body)).toHaveProperty("message_id");
    }
    return (await fetch(`${url}/sim/customers/${psid}`)).text();
  });
  expect(chat).toContain("Xin chào");
});
