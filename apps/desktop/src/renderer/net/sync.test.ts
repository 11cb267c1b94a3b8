import { AppError } from "@tongdai/shared";
import { describe, expect, test, vi } from "vitest";
import {
  agent,
  carries,
  conversation,
  event,
  message,
  minh,
  morning,
  snapshot,
} from "../../../test/renderer/builders.ts";
import { desk, settle } from "../../../test/renderer/desk.ts";
import { demoOffer } from "../../../test/renderer/fake-gateway/world.ts";
import { scripted } from "../../../test/renderer/script.ts";
import { loadConversation } from "../actions/open-conversation.ts";
import { sendMessage } from "../actions/send-message.ts";
import { editDraft, putDraft } from "../state/drafts.ts";

const c1 = conversation(1).id;
const c2 = conversation(2).id;

const load = (n: number) => ({ agent: agent(minh, { carries: carries(n) }) });

describe("the connection", () => {
  test("starts with a snapshot, and after a loss asks for what came after its last number", async () => {
    const d = await desk();
    expect(d.socket.sent[0]).toEqual({ name: "sync.start", input: { lastSeq: null, lastAt: null } });
    expect(d.client.store.getState().connection).toMatchObject({ status: "live", lastSeq: 100, epoch: 1 });
    d.socket.drop();
    expect(d.client.store.getState().connection.status).toBe("offline");
    const missed = event(101, "agent.changed", load(3));
    d.world.journal.push(missed);
    d.world.seq = 101;
    d.socket.connect();
    expect(d.client.store.getState().connection.status).toBe("behind");
    await settle();
    expect(d.socket.sent.at(-1)).toEqual({ name: "sync.start", input: { lastSeq: 100, lastAt: null } });
    expect(d.client.store.getState().people.agents[minh.id]?.carries.chat).toBe(3);
    expect(d.client.store.getState().connection).toMatchObject({ status: "live", lastSeq: 101, epoch: 1 });
  });

  test("that an unknown contract refuses stays away and says that a reload is needed", async () => {
    const d = await desk();
    d.socket.drop();
    d.socket.refuse("contract_mismatch");
    expect(d.client.store.getState().connection.status).toBe("outdated");
    expect(d.socket.closed).toBe(true);
  });

  test("whose session ended elsewhere leads to the log-in screen with nothing left behind", async () => {
    const d = await desk();
    d.socket.end();
    const state = d.client.store.getState();
    expect(state.session).toMatchObject({ status: "out", me: null });
    expect(state.session.ended?.code).toBe("unauthenticated");
    expect(state.conversations.size).toBe(0);
  });
});

test("a gateway that was restored from a backup is believed in everything but what was typed here", async () => {
  const d = await scripted({
    "message.send": () => {
      throw new AppError("unavailable", "not now");
    },
  });
  const { store } = d.client;
  d.tell(
    event(7, "message.created", {
      message: message(c1, 1, { text: "mất rồi" }),
      conversation: conversation(1),
    }),
  );
  store.setState((s) =>
    putDraft(s, c1, {
      conversationId: c1,
      text: "nháp đã lưu",
      media: [],
      replyToId: null,
      note: false,
      privately: false,
      letter: null,
      savedAt: 5,
    }),
  );
  store.setState((s) => editDraft(s, c2, { text: "chưa gửi được" }));
  sendMessage(d.client, c2);
  expect(store.getState().conversations.size).toBe(1);
  d.drop();
  d.answer({
    "sync.start": ({ lastSeq, lastAt }) => {
      expect([lastSeq, lastAt]).toEqual([7, expect.any(Number)]);
      return {
        mode: "snapshot",
        head: 3,
        headAt: 9,
        serverTime: morning,
        snapshot: snapshot(),
        restored: true,
      };
    },
  });
  d.connect();
  await settle();
  const state = store.getState();
  expect(state.connection).toMatchObject({ status: "live", lastSeq: 3, lastAt: 9, epoch: 2 });
  expect(state.conversations.size).toBe(0);
  expect(state.threads).toEqual({});
  expect(state.drafts[c1]).toMatchObject({ text: "nháp đã lưu", dirty: true });
  const saved = d.sent.flatMap(({ name, input }) => (name === "draft.save" ? [input] : []));
  expect(saved.at(-1)).toMatchObject({ conversationId: c1, text: "nháp đã lưu" });
  const unsent = state.outgoing.filter((o) => o.name === "message.send");
  expect(unsent.map((o) => o.input)).toMatchObject([{ conversationId: c2, text: "chưa gửi được" }]);
});

describe("a snapshot whose directory came packed", () => {
  const packed = async () => {
    const { me, permissions, offers, ticketFilters, mentions, ownSignature, webhooks, calls, ...directory } =
      snapshot({
        agents: [agent(minh, { carries: carries(1) })],
      });
    const stream = new Response(JSON.stringify(directory)).body?.pipeThrough(new CompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return { me, permissions, offers, ticketFilters, mentions, ownSignature, webhooks, calls, packed: bytes };
  };
  const line = async () => {
    const d = await scripted({}, { offline: true });
    const told = await packed();
    d.answer({
      "sync.start": ({ lastSeq }) => ({
        head: 7,
        headAt: 9,
        serverTime: morning,
        ...(lastSeq === null ? { mode: "snapshot", snapshot: told, restored: false } : { mode: "replayed" }),
      }),
    });
    return d;
  };
  type Line = Awaited<ReturnType<typeof line>>;
  const state = (d: Line) => d.client.store.getState();
  const live = (d: Line) =>
    new Promise<void>((resolve) => {
      const undo = d.client.store.subscribe((s) => {
        if (s.connection.status !== "live") return;
        undo();
        resolve();
      });
    });

  test("is applied whole, and what was told while it was unpacked comes behind it", async () => {
    const d = await line();
    const isLive = live(d);
    d.connect();
    await settle();
    d.tell(event(8, "agent.changed", load(2)));
    expect(state(d).people.agents).toEqual({});
    await isLive;
    expect(state(d).people.agents[minh.id]?.carries.chat).toBe(2);
    expect(Object.keys(state(d).people.users)).toHaveLength(snapshot().users.length);
    expect(state(d).connection).toMatchObject({ lastSeq: 8, epoch: 1 });
  });

  test("of a connection that broke meanwhile is not taken", async () => {
    const unpacked = vi.spyOn(Response.prototype, "json");
    const d = await line();
    d.connect();
    await settle();
    d.tell(event(8, "agent.changed", load(2)));
    d.drop();
    expect(state(d).connection.status).toBe("offline");
    const isLive = live(d);
    d.connect();
    await isLive;
    expect(unpacked).toHaveBeenCalledTimes(2);
    await Promise.all(unpacked.mock.results.map((r) => r.value));
    await settle();
    expect(state(d).connection).toMatchObject({ lastSeq: 7, epoch: 1 });
    expect(state(d).people.agents[minh.id]?.carries.chat).toBe(1);
  });
});

describe("events", () => {
  test("are dropped when they are known, and a strange one does not take its neighbours with it", async () => {
    const d = await desk();
    const strange = { seq: 102, at: morning, name: "moon.landed", actorId: null, data: {} };
    const events = [event(101, "agent.changed", load(1)), strange, event(103, "agent.changed", load(2))];
    d.socket.tell(...(events as Parameters<typeof d.socket.tell>));
    d.socket.tell(event(101, "agent.changed", load(9)));
    d.clock.advance(100);
    expect(d.client.store.getState().people.agents[minh.id]?.carries.chat).toBe(2);
    expect(d.client.store.getState().connection.lastSeq).toBe(103);
    expect(d.logged).toHaveLength(1);
  });

  test("of a burst are applied at most ten times a second, the first at once", async () => {
    const d = await desk();
    let renders = 0;
    d.client.store.subscribe(() => renders++);
    for (let n = 1; n <= 200; n++) {
      d.socket.tell(event(100 + n, "agent.changed", load(n)));
      d.clock.advance(5);
    }
    d.clock.advance(100);
    expect(d.client.store.getState().people.agents[minh.id]?.carries.chat).toBe(200);
    expect(renders).toBeLessThanOrEqual(12);
  });

  test("that offer work are not held back with a burst: a phone may ring for it", async () => {
    const d = await desk();
    const offer = demoOffer(d.world, morning);
    d.socket.tell(event(101, "agent.changed", load(1)));
    d.socket.tell(event(102, "agent.changed", load(2)));
    expect(d.client.store.getState().connection.lastSeq).toBe(101);
    d.socket.tell(event(103, "offer.made", { offer }));
    expect(d.client.store.getState().connection.lastSeq).toBe(103);
    expect(d.client.store.getState().offers).toHaveProperty(offer.id);
  });

  test("told before an answer are applied before it", async () => {
    const d = await desk();
    await loadConversation(d.client, c1);
    // Two packets within one beat: the second is held back, and the answer to a question comes right behind it.
    d.socket.tell(event(101, "agent.changed", load(1)));
    const late = message(c1, 9_999, { text: "mới", at: morning + 10 });
    const of = d.world.conversations.get(c1) ?? conversation(1);
    d.socket.tell(event(102, "message.created", { message: late, conversation: of }));
    await d.client.request("conversation.list", { view: "mine" });
    expect(d.client.store.getState().threads[c1]?.messages.at(-1)?.text).toBe("mới");
  });

  test("that say somebody types fade by themselves", async () => {
    const d = await desk();
    const mark = { conversationId: c1, userId: null, on: true };
    d.socket.type(mark);
    expect(d.client.store.getState().typing[c1]).toEqual([{ userId: null }]);
    d.clock.advance(8_000);
    expect(d.client.store.getState().typing[c1]).toBeUndefined();
  });
});

describe("a question", () => {
  test("whose answer is lost with the line is asked again when it is back", async () => {
    const d = await desk();
    d.socket.loseAnswer("conversation.list");
    const answer = d.client.request("conversation.list", { view: "mine" });
    await settle();
    d.socket.drop();
    d.socket.connect();
    await expect(answer).resolves.toMatchObject({ next: null });
  });

  test("that changes something is not asked twice: whether it was done is for the journal to tell", async () => {
    const d = await desk();
    d.socket.loseAnswer("agent.set_state");
    const answer = d.client.request("agent.set_state", { state: "busy" });
    await settle();
    d.socket.drop();
    await expect(answer).rejects.toMatchObject({ code: "timeout" });
    d.socket.connect();
    await settle();
    expect(d.socket.sent.filter((s) => s.name === "agent.set_state")).toHaveLength(1);
    expect(d.client.store.getState().people.agents[d.world.snapshot.me.id]?.state).toBe("busy");
  });
});
