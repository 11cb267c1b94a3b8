import type { Message } from "@tongdai/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conversation, id, message } from "../../../test/renderer/builders.ts";
import { initialState, type State, type Stretch, type Thread } from "./model.ts";
import { type MessagePage, messageOrder } from "./stretch.ts";
import {
  aim,
  leavePast,
  putAround,
  putMessage,
  putNewer,
  putNewest,
  putOlder,
  putThread,
  shownStretch,
} from "./threads.ts";

const c = conversation(1).id;
const size = 4;

/** A gateway whose answers and whose journal arrive late, and in any order between the two. */
function world(times: readonly number[]) {
  let log = times.map((at, n) => message(c, n, { at: at * 10 })).sort(messageOrder);
  let state: State = initialState();
  const told: Message[] = [];
  const answers: (() => void)[] = [];
  // A place, as the gateway's cursors are: it stays where it was when its message moves.
  const cursor = (m: Message | undefined) => (m ? `${m.at} ${m.id}` : null);
  const thread = (): Thread => {
    const found = state.threads[c];
    if (!found) throw new Error("the thread is open");
    return found;
  };
  const slice = (from: number, to: number): MessagePage => {
    const messages = log.slice(Math.max(0, from), to);
    return {
      messages,
      before: from > 0 ? cursor(messages[0]) : null,
      after: to < log.length ? cursor(messages.at(-1)) : null,
    };
  };
  const answer = (page: MessagePage, apply: (page: MessagePage) => State) =>
    answers.push(() => {
      state = apply(page);
    });
  const below = (asked: string) => {
    const [at, id_] = asked.split(" ");
    return log.filter((m) => m.at < Number(at) || (m.at === Number(at) && m.id < (id_ ?? ""))).length;
  };

  const replace = (old: Message | undefined, by: Partial<Message>) => {
    if (!old) return;
    const revision = old.revision + 1;
    const next = { ...old, revision, text: `v${revision}`, ...by };
    log = log.map((m) => (m.id === old.id ? next : m)).sort(messageOrder);
    told.push(next);
  };

  return {
    thread,
    get log() {
      return log;
    },
    open() {
      state = putThread(state, c, { status: "loading" });
      answer(slice(log.length - size, log.length), (page) => putNewest(state, c, page));
    },
    write(at: number) {
      const made = message(c, log.length, { at });
      log = [...log, made].sort(messageOrder);
      told.push(made);
    },
    change(n: number) {
      replace(log[n % log.length], {});
    },
    move(n: number) {
      replace(log[n % log.length], { at: (n * 7) % 400 });
    },
    moveTo(n: number, at: number) {
      replace(log[n], { at });
    },
    aim(n: number) {
      const wanted = log[n % log.length];
      if (!wanted) return;
      state = aim(state, c, { messageId: wanted.id, query: "" });
      const { target } = thread();
      if (target?.status !== "loading") return;
      const at = log.indexOf(wanted);
      const { count } = target;
      answer(slice(at - 2, at + 2), (page) => putAround(state, c, { count, page }));
    },
    older() {
      const { before, older } = shownStretch(thread());
      if (!before || older === "loading" || thread().status !== "ready") return;
      const { past } = thread();
      const loading = { older: "loading" } as const;
      state = putThread(state, c, past ? { past: { ...past, ...loading } } : loading);
      const at = below(before.cursor);
      answer(slice(at - size, at), (page) => putOlder(state, c, { asked: before.cursor, page }));
    },
    newer() {
      const { past } = thread();
      if (!past?.after || past.newer === "loading") return;
      const asked = past.after.cursor;
      state = putThread(state, c, { past: { ...past, newer: "loading" } });
      const at = below(`${asked}+`);
      answer(slice(at, at + size), (page) => putNewer(state, c, { asked, page }));
    },
    latest() {
      state = leavePast(state, c);
    },
    hear() {
      const next = told.shift();
      if (next) state = putMessage(state, next);
    },
    receive() {
      answers.shift()?.();
    },
    settle() {
      while (answers.length > 0) this.receive();
      while (told.length > 0) this.hear();
    },
  };
}

type World = ReturnType<typeof world>;

/** What a stretch must hold: everything that there is between its ends, as it now is. */
function between({ log }: World, { before, after }: Stretch): Message[] {
  return log.filter(
    (m) =>
      (before === null || messageOrder(before, m) <= 0) && (after === null || messageOrder(m, after) <= 0),
  );
}

const step = fc.oneof(
  fc.record({ does: fc.constantFrom("write", "change", "move", "aim"), n: fc.nat(400) }),
  fc.record({
    does: fc.constantFrom("older", "newer", "latest", "hear", "hear", "receive", "receive"),
    n: fc.constant(0),
  }),
);

describe("a place further back", () => {
  test("never shows a gap, a wrong order or an old state, however pages and journal overtake each other", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 40 }),
        fc.array(step, { maxLength: 60 }),
        (times, steps) => {
          const w = world(times);
          w.open();
          for (const { does, n } of steps) w[does as "write"](n);
          w.settle();
          const { past, ...newest } = w.thread();
          expect(newest.messages).toEqual(between(w, newest));
          if (past) expect(past.messages).toEqual(between(w, past));
          expect(newest.strays).toEqual([]);
          w.latest();
          while (w.thread().before) {
            w.older();
            w.settle();
          }
          expect(w.thread().messages).toEqual(w.log);
        },
      ),
      {
        numRuns: 2_000,
        examples: [
          [
            [0, 0, 0, 0, 0, 0],
            [
              { does: "aim", n: 0 },
              { does: "move", n: 66 },
              { does: "hear", n: 0 },
            ],
          ],
        ],
      },
    );
  });

  test("read to its end becomes one with the newest messages, those that came meanwhile included", () => {
    const w = world(Array.from({ length: 30 }, (_, n) => n));
    w.open();
    w.receive();
    w.aim(3);
    w.receive();
    w.write(5_000);
    w.hear();
    expect(shownStretch(w.thread()).messages.at(-1)?.at).toBeLessThan(100);
    for (let n = 0; n < 20 && w.thread().past; n++) {
      w.newer();
      if (n === 3) w.write(5_001);
      w.hear();
      w.receive();
    }
    expect(w.thread().past).toBeNull();
    expect(w.thread().messages).toEqual(between(w, w.thread()));
    expect(w.thread().messages.at(-1)?.at).toBe(5_001);
  });

  test("is not fetched for a message that is here, and gives way at once to the newest", () => {
    const w = world(Array.from({ length: 30 }, (_, n) => n));
    w.open();
    w.receive();
    w.aim(29);
    expect(w.thread()).toMatchObject({ past: null, target: { status: "ready" } });
    w.aim(1);
    w.receive();
    expect(w.thread().past?.messages.map((m) => m.id)).toContain(id(100_001));
    w.latest();
    expect(w.thread()).toMatchObject({ past: null, target: null });
    expect(w.thread().messages).toHaveLength(size);
  });

  test("an answer to an earlier wish is not taken for the later one", () => {
    const w = world(Array.from({ length: 30 }, (_, n) => n));
    w.open();
    w.receive();
    w.aim(1);
    w.aim(15);
    w.receive();
    expect(w.thread()).toMatchObject({ past: null, target: { status: "loading" } });
    w.receive();
    expect(w.thread().past?.messages.map((m) => m.id)).toContain(id(100_015));
  });

  test("reaches as far back as it was fetched, also when its first message has moved up", () => {
    const w = world([0, 1, 2, 3, 10, 30, 31, 32]);
    w.open();
    w.receive();
    w.moveTo(4, 400);
    w.hear();
    w.write(200);
    w.hear();
    expect(w.thread().messages.map((m) => m.at)).toEqual([200, 300, 310, 320, 400]);
    w.older();
    w.receive();
    expect(w.thread().messages).toEqual(w.log);
  });

  test("a change of a message outside of what is loaded puts it nowhere", () => {
    const w = world(Array.from({ length: 30 }, (_, n) => n));
    w.open();
    w.receive();
    w.change(0);
    w.hear();
    expect(w.thread().messages).toHaveLength(size);
  });
});
