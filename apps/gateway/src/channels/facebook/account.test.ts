import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import type { Recorded, Reply, VendorStub } from "../kit/testing/vendor-stub.ts";
import { neededFields } from "./check.ts";
import { facebook } from "./index.ts";
import { graphError, graphStub, healthyPage, stubConfig } from "./testing/graph-stub.ts";

const signal = new AbortController().signal;
const to = "42";
let stub: VendorStub;
let account: Account;

beforeEach(async () => {
  stub = await graphStub();
  account = facebook.open(
    { ...stubConfig, graphUrl: stub.url },
    { fetch, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
  );
});
afterEach(() => stub.close());

/** The healthy page, but for requests to one path. */
const replyTo = (path: string, answer: (request: Recorded) => Reply): void =>
  stub.reply((request) => (request.path.endsWith(path) ? answer(request) : healthyPage(request, () => "m")));

describe("act", () => {
  it("does each act in a request of its own", async () => {
    await account.act({ kind: "typing", to, on: true }, signal);
    await account.act({ kind: "typing", to, on: false }, signal);
    await account.act({ kind: "seen", to }, signal);
    await account.act({ kind: "reaction", to, targetExternalId: "m_1", emoji: "❤" }, signal);
    await account.act({ kind: "reaction", to, targetExternalId: "m_1", emoji: null }, signal);
    const recipient = { id: "42" };
    expect(stub.requests.map((r) => r.body)).toEqual([
      { recipient, sender_action: "typing_on" },
      { recipient, sender_action: "typing_off" },
      { recipient, sender_action: "mark_seen" },
      { recipient, sender_action: "react", payload: { message_id: "m_1", reaction: "❤️" } },
      { recipient, sender_action: "unreact", payload: { message_id: "m_1" } },
    ]);
    expect(new Set(stub.requests.map((r) => r.path))).toEqual(new Set(["/v25.0/1/messages"]));
  });

  it("rejects when Meta refuses, with Meta's codes", async () => {
    stub.reply(graphError(10, 2018278));
    const refused = account.act({ kind: "seen", to }, signal);
    await expect(refused).rejects.toMatchObject({
      code: "channel_refused",
      details: { code: 10, subcode: 2018278 },
    });
  });

  it("rejects an empty reaction", async () => {
    const empty = account.act({ kind: "reaction", to, targetExternalId: "m_1", emoji: "" }, signal);
    await expect(empty).rejects.toMatchObject({ code: "invalid_input" });
    expect(stub.requests).toHaveLength(0);
  });
});

describe("profile", () => {
  const profile = (json: unknown) => {
    stub.reply({ json });
    return account.profile("42", signal);
  };

  it("tells name and picture", async () => {
    expect(await account.profile("42", signal)).toEqual({
      name: "Trần Hà",
      pictureUrl: "https://cdn.example/42.jpg",
    });
    expect(stub.requests[0]?.query.get("fields")).toBe("first_name,last_name,name,profile_pic");
  });

  it("makes do with parts of a name, and without a picture", async () => {
    expect(await profile({ first_name: "Hà", last_name: "Trần" })).toEqual({
      name: "Hà Trần",
      pictureUrl: null,
    });
    expect(await profile({ name: "Hà", profile_pic: "javascript:1" })).toEqual({
      name: "Hà",
      pictureUrl: null,
    });
  });

  it("is null where Meta does not tell", async () => {
    for (const json of [{}, { id: "42" }, { name: "  " }, { name: 5 }, []])
      expect(await profile(json)).toBeNull();
    for (const [code, subcode] of [
      [100, 33],
      [100, 2018001],
      [10, undefined],
      [200, undefined],
      [100, 2018218],
      [1, 2018218],
    ] as const) {
      stub.reply(graphError(code, subcode));
      expect(await account.profile("42", signal)).toBeNull();
    }
  });

  it("rejects on trouble that may pass", async () => {
    for (const reply of [
      graphError(2),
      graphError(4),
      graphError(100, 5, { is_transient: true }),
      "drop",
    ] as const) {
      stub.reply(reply);
      await expect(account.profile("42", signal)).rejects.toMatchObject({ code: "unavailable" });
    }
  });

  it("keeps an odd id inside its path", async () => {
    await account.profile("../1/messages?x=", signal);
    expect(stub.requests[0]?.path).toBe("/v25.0/..%2F1%2Fmessages%3Fx%3D");
  });
});

describe("check", () => {
  const subscribed = (subscribed_fields: readonly string[], id = "555"): Reply => ({
    json: { data: [null, { id, subscribed_fields }] },
  });
  const subscriptions = (present: Reply, onPost: Reply = { json: { success: true } }): void =>
    replyTo("/subscribed_apps", (request) => (request.method === "GET" ? present : onPost));

  it("is ok for a living token of the right page that delivers to us", async () => {
    expect(await account.check(signal)).toEqual({ state: "ok", name: "Cửa hàng", detail: null });
    expect(stub.requests.map((r) => r.method)).toEqual(["GET", "GET", "GET"]);
  });

  it("subscribes the page again, keeping what others added", async () => {
    subscriptions(subscribed(["messages", "ratings"]));
    expect(await account.check(signal)).toMatchObject({ state: "ok" });
    const [, , again] = stub.requests;
    expect(again).toMatchObject({ method: "POST", path: "/v25.0/1/subscribed_apps" });
    const fields = again?.query.get("subscribed_fields")?.split(",") ?? [];
    expect(fields.toSorted()).toEqual(["ratings", ...neededFields].toSorted());
  });

  it("another app's subscription is not ours", async () => {
    subscriptions(subscribed(neededFields, "777"));
    expect(await account.check(signal)).toMatchObject({ detail: expect.stringContaining("messages") });
    expect(stub.requests.map((r) => r.method)).toEqual(["GET", "GET", "POST", "GET"]);
  });

  it("tells until when the token lives and what it may not, and asks that as the app", async () => {
    const tell = (data: object): void => replyTo("/debug_token", () => ({ json: { data } }));
    const facts = async () => (await account.check(signal)).facts;
    const all = "pages_messaging pages_manage_metadata pages_read_engagement pages_read_user_content".split(
      " ",
    );
    tell({ is_valid: true, expires_at: 1_800_000_000, scopes: all });
    expect(await facts()).toEqual([
      { kind: "expiry", at: 1_800_000_000_000, renews: false },
      { kind: "permissions", missing: ["pages_manage_engagement"], blocks: false },
    ]);
    expect(stub.requests.at(-1)?.headers.authorization).toBe("Bearer 555|app-secret");
    expect(stub.requests.at(-1)?.query.get("input_token")).toBe("access-token");
    tell({ is_valid: true, expires_at: 0, scopes: [...all.slice(1), "pages_manage_engagement"] });
    expect(await facts()).toEqual([{ kind: "permissions", missing: ["pages_messaging"], blocks: true }]);
    tell({ is_valid: true, expires_at: 0 });
    expect(await facts()).toEqual([]);
    tell({ is_valid: false, scopes: [] });
    expect(await facts()).toBeUndefined();
  });

  it("without messages and refused, the account is disabled; without less, it has a shortcoming", async () => {
    subscriptions(subscribed([]), graphError(100));
    expect(await account.check(signal)).toMatchObject({ state: "disabled", name: "Cửa hàng" });
    subscriptions(subscribed(["messages"]), graphError(100));
    expect(await account.check(signal)).toMatchObject({
      state: "ok",
      detail: expect.stringContaining("message_edits"),
    });
  });

  it("rejects when it cannot know", async () => {
    subscriptions(subscribed([]), graphError(2));
    await expect(account.check(signal)).rejects.toMatchObject({ code: "unavailable" });
    replyTo("/me", () => ({ html: "<html>", status: 503 }));
    await expect(account.check(signal)).rejects.toMatchObject({ code: "unavailable" });
    replyTo("/me", () => ({ json: { name: "no id" } }));
    await expect(account.check(signal)).rejects.toMatchObject({ code: "unavailable" });
  });

  it.each([
    [190, 460, "login_needed"],
    [10, undefined, "login_needed"],
    [200, undefined, "login_needed"],
    [368, undefined, "restricted"],
    [10, 1893063, "restricted"],
  ] as const)("understands %s/%s", async (code, subcode, state) => {
    replyTo("/me", () => graphError(code, subcode));
    expect(await account.check(signal)).toMatchObject({ state, name: null });
    subscriptions(graphError(code, subcode));
    expect(await account.check(signal)).toMatchObject({ state, name: "Cửa hàng" });
  });

  it("a token of another page is the wrong token", async () => {
    replyTo("/me", () => ({ json: { id: "2", name: "Khác" } }));
    expect(await account.check(signal)).toEqual({
      state: "login_needed",
      name: "Khác",
      detail: "the token belongs to page 2",
    });
  });
});
