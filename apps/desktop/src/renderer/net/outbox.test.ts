import { AppError } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, id } from "../../../test/renderer/builders.ts";
import { type Desk, desk, settle } from "../../../test/renderer/desk.ts";
import { createTicket } from "../actions/create-ticket.ts";
import { logOut } from "../actions/log-out.ts";
import { loadConversation } from "../actions/open-conversation.ts";
import { changeDraft } from "../actions/save-draft.ts";
import { retryRefused, sendMessage } from "../actions/send-message.ts";
import { selectHeld, selectOutgoing } from "../state/selectors.ts";

const c1 = conversation(1).id;

async function opened(): Promise<Desk> {
  const d = await desk();
  await loadConversation(d.client, c1);
  return d;
}

function type(d: Desk, text: string, conversationId = c1): void {
  changeDraft(d.client, conversationId, { text });
  sendMessage(d.client, conversationId);
}

const texts = (d: Desk) => (d.world.messages.get(c1) ?? []).map((m) => m.text);
const shown = (d: Desk) => (d.client.store.getState().threads[c1]?.messages ?? []).map((m) => m.text);
const outgoing = (d: Desk) => selectOutgoing(d.client.store.getState(), c1);
const sends = (d: Desk) => d.socket.sent.filter((s) => s.name === "message.send");

describe("a message", () => {
  test("shows at once and gives way to the gateway's own, once", async () => {
    const d = await opened();
    type(d, "Dạ có ạ");
    expect(outgoing(d).map((o) => o.input.text)).toEqual(["Dạ có ạ"]);
    await settle();
    expect(outgoing(d)).toEqual([]);
    expect(shown(d).filter((t) => t === "Dạ có ạ")).toHaveLength(1);
  });

  test("written while offline is held, said to be held, and goes when the line is back", async () => {
    const d = await opened();
    d.socket.drop();
    type(d, "một");
    type(d, "hai");
    await settle();
    expect(sends(d)).toHaveLength(0);
    expect(selectHeld(d.client.store.getState())).toBe(2);
    d.socket.connect();
    await settle();
    expect(texts(d).slice(-2)).toEqual(["một", "hai"]);
    expect(selectHeld(d.client.store.getState())).toBe(0);
    expect(shown(d).filter((t) => t === "một")).toHaveLength(1);
  });

  test("whose answer is lost with the line goes again with the same id, and exists once", async () => {
    const d = await opened();
    d.socket.loseAnswer("message.send");
    type(d, "chỉ một lần");
    await settle();
    d.socket.drop();
    d.socket.connect();
    await settle();
    const ids = sends(d).map((s) => JSON.stringify(s.input));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(texts(d).filter((t) => t === "chỉ một lần")).toHaveLength(1);
    expect(shown(d).filter((t) => t === "chỉ một lần")).toHaveLength(1);
    expect(outgoing(d)).toEqual([]);
  });

  test("that is never answered is tried again after a while", async () => {
    const d = await opened();
    d.socket.loseAnswer("message.send");
    type(d, "chờ mãi");
    await settle();
    d.clock.advance(10_000);
    await settle();
    expect(outgoing(d)[0]?.status).toBe("waiting");
    d.clock.advance(1_000);
    await settle();
    expect(texts(d).filter((t) => t === "chờ mãi")).toHaveLength(1);
    expect(outgoing(d)).toEqual([]);
  });

  test("refused for good stands there with its reason until the person decides; the next one is not stopped", async () => {
    const d = await opened();
    d.socket.fail("message.send", new AppError("window_closed", "too late"));
    type(d, "trễ rồi");
    type(d, "tin sau");
    await settle();
    expect(outgoing(d).map((o) => [o.input.text, o.status, o.error?.code])).toEqual([
      ["trễ rồi", "refused", "window_closed"],
    ]);
    expect(texts(d).at(-1)).toBe("tin sau");
    retryRefused(d.client, outgoing(d)[0]?.id ?? "");
    await settle();
    expect(texts(d).at(-1)).toBe("trễ rồi");
    expect(outgoing(d)).toEqual([]);
  });

  test("goes out in the order in which it was written, one conversation not waiting for another", async () => {
    const d = await opened();
    const c2 = conversation(2).id;
    d.socket.loseAnswer("message.send");
    type(d, "một");
    type(d, "hai");
    type(d, "khác", c2);
    await settle();
    expect(d.world.messages.get(c2)?.at(-1)?.text).toBe("khác");
    expect(texts(d)).not.toContain("hai");
    d.clock.advance(10_000);
    await settle();
    d.clock.advance(1_000);
    await settle();
    expect(texts(d).slice(-2)).toEqual(["một", "hai"]);
  });
});

describe("what was typed", () => {
  test("survives a reload of the page and goes exactly once", async () => {
    const first = await opened();
    first.socket.drop();
    type(first, "trước khi tải lại");
    changeDraft(first.client, c1, { text: "nháp dở" });
    first.client.later.flush("draft.");
    const second = await desk({ world: first.world, storage: first.storage });
    expect(second.world.messages.get(c1)?.filter((m) => m.text === "trước khi tải lại")).toHaveLength(1);
    expect(second.client.store.getState().drafts[c1]?.text).toBe("nháp dở");
    expect(second.storage.keys("tongdai.held.")).toEqual([]);
  });

  test("stays on the machine through a log-out, for its writer only", async () => {
    const d = await opened();
    d.socket.drop();
    type(d, "giữ lại");
    await logOut(d.client);
    expect(d.client.store.getState().outgoing).toEqual([]);
    expect(d.storage.keys("tongdai.held.")).not.toEqual([]);
    const back = await desk({ world: d.world, storage: d.storage });
    expect(back.world.messages.get(c1)?.at(-1)?.text).toBe("giữ lại");
  });

  test("of a draft, the newest goes when two were typed while the first was on its way", async () => {
    const d = await opened();
    changeDraft(d.client, c1, { text: "a" });
    d.clock.advance(800);
    changeDraft(d.client, c1, { text: "ab" });
    d.clock.advance(800);
    await settle();
    expect(d.world.drafts.get(c1)?.text).toBe("ab");
    expect(d.client.store.getState().drafts[c1]?.dirty).toBe(false);
  });

  test("for a ticket while offline becomes the ticket later", async () => {
    const d = await opened();
    d.socket.drop();
    const made = createTicket(d.client, { subject: "Nắp ấm bị hở", customerId: id(1) });
    d.socket.connect();
    expect((await made).number).toBe(41);
  });
});

test("anything else is refused at once while offline", async () => {
  const d = await opened();
  d.socket.drop();
  await expect(d.client.request("agent.set_state", { state: "busy" })).rejects.toMatchObject({
    code: "unavailable",
  });
});
