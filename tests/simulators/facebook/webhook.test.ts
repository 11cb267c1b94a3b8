import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { toMetaJson } from "./core/meta-json.ts";
import { appSecretProof, signBody } from "./core/signature.ts";
import { APP, type Bench, bench, OTHER_PAGE, PAGE, SECOND_APP } from "./test-bench.ts";

const HOUR = 3_600_000;

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

describe("bytes and signature", () => {
  const event = {
    object: "page",
    entry: [
      {
        id: "1",
        time: 1700000000000,
        messaging: [
          {
            sender: { id: "2" },
            recipient: { id: "1" },
            timestamp: 1700000000000,
            message: { mid: "m_1", text: "Xin chào 😀 https://a.vn" },
          },
        ],
      },
    ],
  };

  test("V1: the body and its signature come out byte for byte", () => {
    const body = toMetaJson(event);
    expect(Buffer.byteLength(body)).toBe(219);
    expect(body).toContain(String.raw`Xin ch\u00e0o \ud83d\ude00 https:\/\/a.vn`);
    expect(signBody("app-secret", Buffer.from(body))).toBe(
      "sha256=76971de1fdfdcf5f9b3e53be13cb53fc6441c22f35c5a18a9821a39f6d62b7c2",
    );
  });

  test("V1x: a re-serialised body has another signature", () => {
    expect(signBody("app-secret", Buffer.from(JSON.stringify(event)))).toBe(
      "sha256=a82fe27a17013001c263eee651acf23c209a9f0ff1a047ca8a158ce614925feb",
    );
  });

  test("V4: appsecret_proof", () => {
    expect(appSecretProof("app-secret", "access-token")).toBe(
      "dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799",
    );
  });

  test("a delivery is signed over its own bytes, an id larger than 2^53 stays text", async () => {
    const mai = b.sim.customer({ pageId: PAGE, name: "Phạm Thị Mai" });
    await mai.text("Xin chào");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(1);
    expect(b.hook.received[0]?.valid).toBe(true);
    expect(b.hook.received[0]?.body.toString()).toContain(String.raw`Xin ch\u00e0o`);
    expect(Number.isSafeInteger(Number(mai.psid))).toBe(false);
    expect(b.hook.items()[0]?.["sender"]).toEqual({ id: mai.psid });
  });

  test.each([["wrong"], ["missing"], ["other-app"]] as const)("forged: %s", async (signature) => {
    const outcome = await b.sim.sendRaw(APP, [{ id: PAGE, time: 1, messaging: [] }], { signature });
    expect(outcome.status).toBe(401);
    const present = b.hook.received[0]?.headers["x-hub-signature-256"] !== undefined;
    expect(present).toBe(signature !== "missing");
  });
});

test("the handshake is passed with the right token only", async () => {
  expect(await b.sim.verifyHandshake(APP)).toMatchObject({ ok: true, status: 200 });
  expect(await b.sim.verifyHandshake(APP, "guess")).toMatchObject({ ok: false, status: 403 });
});

describe("retries", () => {
  const mai = () => b.sim.customer({ pageId: PAGE, name: "Phạm Thị Mai" });

  test("two at once, then 30 s, 2 min, 5 min; the same bytes every time", async () => {
    b.hook.answerWith(500);
    await mai().text("alo");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(3);
    for (const [step, count] of [
      [29_999, 3],
      [1, 4],
      [120_000, 5],
      [300_000, 6],
    ] as const) {
      b.clock.advance(step);
      await b.sim.settle();
      expect(b.hook.received).toHaveLength(count);
    }
    b.hook.answerWith(200);
    b.clock.advance(600_000);
    await b.sim.settle();
    expect(new Set(b.hook.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(b.sim.deliveries.at(-1)?.state).toBe("delivered");
    expect(b.sim.subscription(APP, PAGE).failing).toBe(false);
    expect(mai().transcript().messages[0]?.state).toBe("delivered");
  });

  test("no answer within five seconds is a failure", async () => {
    b.hook.answerWith("hang");
    await mai().text("alo");
    await b.hook.arrived(1);
    b.hook.answerWith(200);
    b.clock.advance(5_000);
    await b.sim.settle();
    expect(b.sim.deliveries[0]?.attempts).toMatchObject([{ status: 0, error: "timeout" }, { status: 200 }]);
  });

  test("after an hour the page is disabled, events are lost, until it is subscribed again", async () => {
    b.hook.answerWith(500);
    await mai().text("một");
    await b.sim.settle();
    for (let minute = 0; minute < 60; minute += 1) {
      b.clock.advance(60_000);
      await b.sim.settle();
    }
    expect(b.sim.subscription(APP, PAGE)).toMatchObject({ disabled: true, subscribed: false });
    expect(b.sim.subscription(APP, OTHER_PAGE).disabled).toBe(false);
    b.hook.answerWith(200);
    const before = b.hook.received.length;
    await mai().text("hai");
    b.clock.advance(HOUR);
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(before);
    expect(b.sim.deliveries[0]?.state).toBe("lost");
    const again = await b.graph("POST", `/${PAGE}/subscribed_apps?subscribed_fields=messages,message_echoes`);
    expect(again.json).toEqual({ success: true });
    await mai().text("ba");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(before + 1);
  });

  test("the time factor compresses the ladder and the hour", async () => {
    await b.close();
    b = await bench({ timeFactor: 60 });
    b.hook.answerWith(500);
    await mai().text("alo");
    await b.sim.settle();
    b.clock.advance(500);
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(4);
    b.clock.advance(60_000);
    await b.sim.settle();
    expect(b.sim.subscription(APP, PAGE).disabled).toBe(true);
  });
});

describe("envelopes", () => {
  test("held events leave as one delivery, entries of several pages, reversible", async () => {
    b.sim.hold();
    await b.sim.customer({ pageId: PAGE, name: "Mai" }).text("một");
    await b.sim.customer({ pageId: OTHER_PAGE, name: "Minh" }).text("hai");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(0);
    await b.sim.release({ reverse: true });
    expect(b.hook.received).toHaveLength(1);
    expect(b.hook.received[0]?.entries.map(({ id }) => id)).toEqual([OTHER_PAGE, PAGE]);
  });

  test("duplicates repeat the same delivery", async () => {
    b.sim.faults.set("webhook.duplicates", 2, { times: 1 });
    await b.sim.customer({ pageId: PAGE, name: "Mai" }).text("một");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(3);
    expect(b.sim.faults.list()).toEqual([]);
  });

  test("an app that does not own the thread listens on standby, without payloads", async () => {
    await b.graph("POST", `/${PAGE}/subscribed_apps?subscribed_fields=standby`, undefined, "EAAG-second-app");
    await b.sim.customer({ pageId: PAGE, name: "Mai" }).postback("Bắt đầu", "GET_STARTED");
    await b.sim.settle();
    expect(b.hook.items()[0]?.["postback"]).toMatchObject({ payload: "GET_STARTED" });
    expect(b.otherHook.items("standby")[0]?.["postback"]).not.toHaveProperty("payload");
    expect(b.otherHook.received[0]?.valid).toBe(true);
    expect(b.sim.subscription(SECOND_APP, PAGE).fields).toEqual(["standby"]);
  });

  test("a field that is not subscribed is not sent", async () => {
    await b.graph("POST", `/${PAGE}/subscribed_apps?subscribed_fields=messages`);
    const mai = b.sim.customer({ pageId: PAGE, name: "Mai" });
    const { mid } = await mai.text("một");
    await mai.react(mid, "love");
    await b.sim.settle();
    expect(b.hook.received).toHaveLength(1);
  });
});
