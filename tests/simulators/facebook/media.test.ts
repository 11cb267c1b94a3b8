import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asList, asObject, asText } from "../kit/json.ts";
import type { Customer } from "./index.ts";
import { type Bench, bench, graphAnswer, OTHER_PAGE, PAGE, TOKEN } from "./test-bench.ts";

const HOUR = 3_600_000;
const PNG = Buffer.from("89504e470d0a1a0a", "hex");

let b: Bench;
let mai: Customer;
let host: Server;
let hostUrl: string;

beforeEach(async () => {
  b = await bench({ mediaTtlMs: HOUR });
  mai = b.sim.customer({ pageId: PAGE, name: "Mai" });
  await mai.image("sample");
  await b.sim.settle();
  host = createServer((request, response) => {
    if (request.url === "/slow.png") return;
    const big = request.url === "/big.png";
    response.writeHead(200, { "content-type": request.url === "/page.html" ? "text/html" : "image/png" });
    response.end(big ? Buffer.alloc(9 * 1024 * 1024) : PNG);
  });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const address = host.address();
  hostUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterEach(async () => {
  host.closeAllConnections();
  host.close();
  await b.close();
});

function linkOf(index: number): string {
  const message = asObject(b.hook.items()[index]?.["message"]);
  return asText(asObject(asObject(asList(message["attachments"])[0])["payload"])["url"]) ?? "";
}

describe("links in webhooks", () => {
  test("work, expire, and do not work with another signature", async () => {
    const url = linkOf(0);
    const good = await fetch(url);
    expect(good.headers.get("content-type")).toBe("image/png");
    expect((await good.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    expect((await fetch(url.replace(/oh=./, "oh=_"))).status).toBe(403);
    b.clock.advance(HOUR + 1);
    expect((await fetch(url)).status).toBe(403);
  });

  test("the media host can misbehave", async () => {
    const get = (value: string) => {
      b.sim.faults.set("media.host", value, { times: 1 });
      return fetch(linkOf(0), { redirect: "manual" });
    };
    expect((await get("not-found")).status).toBe(404);
    expect((await get("redirect-private")).headers.get("location")).toContain("169.254.169.254");
    expect((await get("wrong-type")).headers.get("content-type")).toBe("text/html");
    const endless = await get("endless");
    const reader = endless.body?.getReader();
    let size = 0;
    while (size < 30 * 1024 * 1024) size += (await reader?.read())?.value?.length ?? Number.POSITIVE_INFINITY;
    await reader?.cancel();
    expect(size).toBeLessThan(Number.POSITIVE_INFINITY);
  });
});

describe("attachments we send", () => {
  const byUrl = (path: string, type = "image") =>
    b.send(mai.psid, { attachment: { type, payload: { url: `${hostUrl}${path}` } } });

  test("by url: fetched, stored, shown, echoed with a link of the vendor", async () => {
    expect((await byUrl("/a.png")).status).toBe(200);
    await b.sim.settle();
    expect(mai.attachments.at(-1)).toMatchObject({ type: "image", name: "a.png", size: PNG.length });
    expect(linkOf(1)).toContain("/cdn/");
  });

  test("by url: too large, of another type, too slow", async () => {
    expect((await byUrl("/big.png")).subcode).toBe(2018008);
    expect((await byUrl("/page.html")).subcode).toBe(2018047);
    const asked = new Promise((resolve) => host.once("request", resolve));
    const slow = byUrl("/slow.png");
    await asked;
    b.clock.advance(10_000);
    expect((await slow).subcode).toBe(2018008);
  });

  test("uploaded with the message, and saved for later sends of the same page", async () => {
    const form = (message: object) => {
      const data = new FormData();
      data.set("recipient", JSON.stringify({ id: mai.psid }));
      data.set("message", JSON.stringify(message));
      data.set("filedata", new Blob([PNG], { type: "image/png" }), "biên lai.png");
      return data;
    };
    const post = async (edge: string, body: FormData) =>
      graphAnswer(
        await fetch(`${b.sim.graphUrl}/v25.0/${PAGE}/${edge}?access_token=${TOKEN}`, {
          method: "POST",
          body,
        }),
      );
    expect((await post("messages", form({ attachment: { type: "image", payload: {} } }))).status).toBe(200);
    expect(mai.attachments.at(-1)).toMatchObject({ name: "biên lai.png", contentType: "image/png" });
    const saved = await post(
      "message_attachments",
      form({ attachment: { type: "image", payload: { is_reusable: true } } }),
    );
    const attachment = {
      type: "image",
      payload: { attachment_id: asText(saved.json["attachment_id"]) ?? "" },
    };
    expect((await b.send(mai.psid, { attachment })).status).toBe(200);
    const minh = b.sim.customer({ pageId: OTHER_PAGE, name: "Minh" });
    await minh.text("alo");
    const body = { recipient: { id: minh.psid }, message: { attachment } };
    expect((await b.graph("POST", `/${OTHER_PAGE}/messages`, body, "EAAG-other-page")).subcode).toBe(2018074);
  });

  test("a template with buttons, tapped by the customer", async () => {
    const buttons = [{ type: "postback", title: "Đặt lịch", payload: "BOOK" }];
    const payload = { template_type: "button", text: "Chị cần gì ạ?", buttons };
    expect((await b.send(mai.psid, { attachment: { type: "template", payload } })).status).toBe(200);
    const bad = { ...payload, buttons: [] };
    expect((await b.send(mai.psid, { attachment: { type: "template", payload: bad } })).code).toBe(100);
  });
});
