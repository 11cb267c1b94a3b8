import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf, echoTo, entryOf, freshMid, rowsOf } from "../support/meta.ts";
import { say, type Talk, talk } from "../support/talk.ts";
import { APP, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("an answer that was discarded, on %s", (engine) => {
  let w: World;
  let t: Talk;
  beforeEach(async () => {
    w = await world({ engine });
    t = await talk(w);
  });
  afterEach(() => w.close());

  const states = async () => (await rowsOf(w, t.customer.psid)).map((r) => r.state);

  test("stands again, and is found, when its echo proves that the customer has it", async () => {
    w.facebook.faults.set("send.closeAfterSend", undefined, { times: 1 });
    w.facebook.faults.set("echo.drop", true, { times: 1 });
    const { messages } = await say(t, "Đã gửi mất rồi");
    const id = messages[0]?.id ?? "";
    await w.settle();
    expect(await states()).toEqual(["received", "unknown"]);
    await t.agent.call("message.resolve", { messageId: id, action: "discard" });
    expect(await states()).toEqual(["received", "removed"]);
    const message = { mid: freshMid(), text: "Đã gửi mất rồi", metadata: id };
    await w.facebook.sendRaw(APP.appId, [entryOf([echoTo(t.customer.psid, w.clock.now(), message)])]);
    await w.settle();
    expect(await states()).toEqual(["received", expect.stringMatching(/^(sent|delivered)$/)]);
    const { hits } = await t.agent.call("conversation.search", { query: "gui mat roi" });
    expect(hits.map((h) => h.message.text)).toEqual(["Đã gửi mất rồi"]);
    expect(await conversationOf(w, t.customer.psid)).toMatchObject({
      preview_text: "Đã gửi mất rồi",
      unanswered_since: null,
    });
  });
});
