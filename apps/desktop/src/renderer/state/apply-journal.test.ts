import type { JournalEvent, Message } from "@tongdai/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agent,
  carries,
  conversation,
  event,
  fromLan,
  id,
  lan,
  message,
  minh,
  offer,
  page,
  snapshot,
} from "../../../test/renderer/builders.ts";
import { applyEvent } from "./apply-event.ts";
import { applyJournal } from "./apply-journal.ts";
import { applySnapshot } from "./apply-snapshot.ts";
import { putPage } from "./conversations.ts";
import { editDraft } from "./drafts.ts";
import type { InboxFilter } from "./inbox-filter.ts";
import { initialState, type State } from "./model.ts";
import { putOutgoing } from "./outgoing.ts";
import {
  mineFilter,
  selectIsMentioned,
  selectList,
  selectMyOffers,
  selectOutgoing,
  selectRows,
} from "./selectors.ts";
import { putNewest, putThread } from "./threads.ts";

const c1 = conversation(1);

function start(): State {
  const known = applySnapshot(initialState(), snapshot(), { head: 0, headAt: 1 });
  const listed = putPage(known, mineFilter, { conversations: [c1], next: null, after: null });
  return putNewest(listed, c1.id, { messages: [message(c1.id, 1)], before: null });
}

const anyEvent = (seq: number): fc.Arbitrary<JournalEvent> =>
  fc.nat(8).chain((n) => {
    const of = conversation(n, { lastMessageAt: conversation(n).lastMessageAt + seq });
    return fc.constantFrom(
      event(seq, "message.created", { message: message(of.id, seq), conversation: of }),
      event(seq, "message.updated", { message: message(of.id, n, { revision: seq, text: `v${seq}` }) }),
      event(seq, "conversation.updated", { conversation: { ...of, unread: n % 2 } }),
      event(seq, "conversation.hidden", { conversationId: of.id }),
      event(seq, "interaction.closed", {
        conversation: { ...of, interaction: null },
        reasons: [],
        userId: null,
        note: null,
        disposition: null,
        form: [],
      }),
      event(seq, "offer.made", { offer: offer(of) }),
      event(seq, "offer.ended", { offerId: offer(of).id, interactionId: id(1), outcome: "missed" }),
      event(seq, "mention.made", { conversationId: of.id, messageId: id(seq), byId: minh.id }),
      event(seq, "mention.seen", { conversationId: of.id }),
      event(seq, "agent.changed", { agent: agent(minh, { carries: carries(n) }) }),
      event(seq, "channel_account.changed", { account: { ...page, enabled: n % 2 === 0 } }),
    );
  });

const journal = fc
  .integer({ min: 1, max: 40 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, i) => anyEvent(i + 1))));

describe("the journal", () => {
  test("applied in two batches with repetitions gives what it gives at once and in order", () => {
    fc.assert(
      fc.property(journal, fc.nat(), fc.nat(), (events, a, b) => {
        const once = applyJournal(start(), events);
        const cut = a % (events.length + 1);
        const overlap = b % (cut + 1);
        const twice = applyJournal(
          applyJournal(start(), [...events.slice(0, cut), ...events.slice(0, overlap)]),
          [...events.slice(overlap), ...events.slice(cut)],
        );
        expect(twice).toEqual(once);
        expect(applyJournal(once, events)).toBe(once);
      }),
    );
  });

  test("one event at a time gives what a batch gives", () => {
    fc.assert(
      fc.property(journal, (events) => {
        const single = events.reduce((s, e) => applyJournal(s, [e]), start());
        expect(single).toEqual(applyJournal(start(), events));
      }),
    );
  });
});

describe("one event", () => {
  test("that says nothing new gives the same state back", () => {
    const said = [
      event(1, "agent.changed", { agent: agent(lan) }),
      event(2, "conversation.updated", { conversation: c1 }),
      event(3, "message.updated", { message: message(c1.id, 1) }),
      event(4, "offer.ended", { offerId: id(9), interactionId: id(9), outcome: "missed" }),
      event(5, "channel_account.changed", { account: page }),
    ];
    const state = start();
    for (const e of said) expect(applyEvent(state, e)).toBe(state);
  });

  test("of our own message takes the place of the bubble that stood for it, once", () => {
    const clientId = id(77);
    const input = { clientId, conversationId: c1.id, text: "Chào anh" };
    const waiting = putOutgoing(start(), {
      id: clientId,
      name: "message.send",
      input,
      lane: "x",
      at: 0,
      status: "sending",
      error: null,
    });
    const sent = fromLan(c1.id, 5, { clientId, text: "Chào anh" });
    const after = applyEvent(waiting, event(1, "message.created", { message: sent, conversation: c1 }));
    expect(selectOutgoing(after, c1.id)).toEqual([]);
    expect(after.threads[c1.id]?.messages.map((m) => m.text)).toEqual(["Tin 1", "Chào anh"]);
  });

  test("older than what is known of a message is dropped", () => {
    const newer = applyEvent(
      start(),
      event(1, "message.updated", { message: message(c1.id, 1, { revision: 3, text: "mới" }) }),
    );
    const late = event(2, "message.updated", { message: message(c1.id, 1, { revision: 2, text: "cũ" }) });
    expect(applyEvent(newer, late)).toBe(newer);
  });

  test("of a draft on another device does not overwrite what is being typed here", () => {
    const typing = editDraft(start(), c1.id, { text: "đang gõ" });
    const draft = {
      conversationId: c1.id,
      text: "khác",
      media: [],
      replyToId: null,
      note: false,
      privately: false,
      letter: null,
      savedAt: 1,
    };
    expect(applyEvent(typing, event(1, "draft.saved", { conversationId: c1.id, draft }))).toBe(typing);
  });

  test("of an offer to somebody else is not mine", () => {
    const other = conversation(2, { interaction: null });
    const made = applyEvent(start(), event(1, "offer.made", { offer: offer(other, { userId: minh.id }) }));
    expect(selectMyOffers(made)).toEqual([]);
    const mine = applyEvent(made, event(2, "offer.made", { offer: offer(other, { id: id(5) }) }));
    expect(selectRows(mine)).toEqual([other.id, c1.id]);
  });
});

describe("a mention of me", () => {
  const mentioned: InboxFilter = {
    view: "all",
    order: "urgent",
    unread: false,
    mentioned: true,
    channel: null,
  };
  const empty = (state: State) => putPage(state, mentioned, { conversations: [], next: null, after: null });
  const made = (seq: number) =>
    event(seq, "mention.made", { conversationId: c1.id, messageId: id(seq), byId: minh.id });

  test("waits in its list from the moment it is made until it was seen, on whichever device", () => {
    const state = applyJournal(empty(start()), [made(1), made(2)]);
    expect(selectIsMentioned(state, c1.id)).toBe(true);
    expect(selectList(state, mentioned)?.ids).toEqual([c1.id]);
    const seen = applyJournal(state, [event(3, "mention.seen", { conversationId: c1.id })]);
    expect(selectIsMentioned(seen, c1.id)).toBe(false);
    expect(selectList(seen, mentioned)?.ids).toEqual([]);
    expect(selectList(seen, mineFilter)?.ids).toEqual([c1.id]);
  });

  test("in a conversation that is not here yet is listed as soon as that comes", () => {
    const bare = empty(applySnapshot(initialState(), snapshot(), { head: 0, headAt: 1 }));
    const state = applyJournal(bare, [made(1)]);
    expect(selectList(state, mentioned)?.ids).toEqual([]);
    const here = applyJournal(state, [event(2, "conversation.updated", { conversation: c1 })]);
    expect(selectList(here, mentioned)?.ids).toEqual([c1.id]);
  });

  test("made while away comes with the snapshot, which also knows what was seen elsewhere", () => {
    const away = applySnapshot(start(), snapshot({ mentions: [c1.id] }), { head: 900, headAt: 1 });
    expect(selectIsMentioned(away, c1.id)).toBe(true);
    expect(selectIsMentioned(applySnapshot(away, snapshot(), { head: 901, headAt: 1 }), c1.id)).toBe(false);
  });
});

test("a snapshot keeps what is on the screen, marked stale, and what was typed", () => {
  const typed = editDraft(putThread(start(), c1.id, { unreadFrom: id(1) }), c1.id, { text: "nháp" });
  const after = applySnapshot(typed, snapshot(), { head: 900, headAt: 1 });
  expect(after.threads[c1.id]?.status).toBe("stale");
  expect(after.threads[c1.id]?.messages).toHaveLength(1);
  expect(after.drafts[c1.id]?.text).toBe("nháp");
  expect(after.connection.lastSeq).toBe(900);
  expect(after.connection.epoch).toBe(typed.connection.epoch + 1);
});

describe("the line before what is unread", () => {
  const unread = message(c1.id, 1);
  const after = (change: Partial<Message>) =>
    applyJournal(putThread(start(), c1.id, { unreadFrom: unread.id }), [
      event(2, "message.created", {
        message: message(c1.id, 2, { direction: "out", at: unread.at + 1, ...change }),
        conversation: c1,
      }),
    ]).threads[c1.id]?.unreadFrom;

  test("goes away with an answer, whoever gave it", () => {
    expect(after({ author: { kind: "agent", userId: minh.id } })).toBeNull();
  });

  test("stays when the customer writes on, with a note, and with an answer from before", () => {
    expect(after({ direction: "in" })).toBe(unread.id);
    expect(after({ direction: "none", kind: "note" })).toBe(unread.id);
    expect(after({ at: unread.at - 1 })).toBe(unread.id);
  });
});
