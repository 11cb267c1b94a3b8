import fc from "fast-check";
import { expect, test } from "vitest";
import { ourCause } from "./leg/index.ts";
import type { ReceivedMessage, ReceivedRequest } from "./message/index.ts";
import { exchange, nothing } from "./testing/exchange.ts";
import { audio, type Phone } from "./testing/phone.ts";

const who = fc.constantFrom("caller", "lan", "minh");
const user = fc.constantFrom("lan", "minh");
/** What parties, the desk and the road may do, sensibly or not; sensibly often enough that calls come about. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("invite" as const), late: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("ring" as const), user }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("talk" as const), user, late: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("queued" as const, "stop" as const, "end" as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("release" as const) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("reply" as const),
      who,
      to: fc.constantFrom("INVITE", "INVITE", "BYE", "INFO", "CANCEL"),
      status: fc.constantFrom(180, 200, 200, 200, 486, 487, 491, 481),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("say" as const),
      who,
      method: fc.constantFrom(
        "ACK",
        "INVITE",
        "INVITE",
        "BYE",
        "INFO",
        "UPDATE",
        "OPTIONS",
        "PRACK",
        "REFER",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("vanish" as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("return" as const), user }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.constantFrom(100, 4_000, 16_000, 40_000),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** The desk rang where nobody waits, or a phone answered what it never got: nothing happens. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {}
}

function floor() {
  const x = exchange();
  let caller = x.dial();
  let invite: ReceivedRequest | undefined;
  const agents: Record<string, Phone> = { lan: x.agent("lan"), minh: x.agent("minh") };
  const phones = [caller, ...Object.values(agents)];
  const lost: ReceivedMessage[] = [];
  const phoneOf = (name: string): Phone => agents[name] ?? caller;

  function call(late: boolean): void {
    caller = x.dial({ number: `09${phones.length}` });
    phones.push(caller);
    invite = caller.say("INVITE", late ? {} : { body: audio() });
  }

  function say(phone: Phone, method: string): void {
    quietly(() => method === "ACK" && phone.join("200"));
    if (method === "REFER") phone.say(method, { headers: ["Refer-To: <sip:minh@example.com>"] });
    else phone.say(method, method === "INVITE" || method === "ACK" ? { body: audio() } : {});
  }

  const reply = (phone: Phone, to: string, status: number): void =>
    phone.reply(status, { to, body: status === 200 && to === "INVITE" ? audio() : "" });

  function desk(what: "queued" | "stop" | "release" | "end"): void {
    const call = x.calls.at(-1);
    if (what === "queued") call?.queued(1);
    else if (what === "stop") call?.stopRinging(ourCause("no answer"));
    else if (what === "release") call?.release(ourCause("normal"));
    else call?.hangUp(ourCause("normal"));
  }

  /** The connection breaks; the phone has another one, which nobody knows before it registers or speaks. */
  function vanish(phone: Phone): void {
    const { flow } = phone;
    flow.open = false;
    x.edge.gate.closed(flow);
    lost.push(...flow.sent);
    phone.reconnect();
  }

  function happen(e: Happening): void {
    switch (e.do) {
      case "invite":
        call(e.late);
        break;
      case "talk":
        call(e.late);
        quietly(() => x.calls.at(-1)?.ring(x.device(e.user)));
        quietly(() => reply(phoneOf(e.user), "INVITE", 200));
        say(caller, "ACK");
        break;
      case "return":
        x.put(e.user, phoneOf(e.user));
        break;
      case "ring":
        quietly(() => x.calls.at(-1)?.ring(x.device(e.user)));
        break;
      case "reply":
        quietly(() => reply(phoneOf(e.who), e.to, e.status));
        break;
      case "say":
        say(phoneOf(e.who), e.method);
        break;
      case "cancel":
        caller.say("CANCEL", { branch: invite?.via.params.get("branch") ?? "z9hG4bKnone", cseq: 1 });
        break;
      case "vanish":
        vanish(phoneOf(e.who));
        break;
      case "wait":
        x.clock.advance(e.ms);
        break;
      default:
        desk(e.do);
    }
  }

  /** The statuses that ended each INVITE of theirs, by its branch. */
  function finals(): number[][] {
    const found = new Map<string, Set<number>>();
    for (const m of [...lost, ...phones.flatMap((p) => p.flow.sent)]) {
      if (m.kind !== "response" || m.cseq.method !== "INVITE" || m.status < 200) continue;
      const branch = m.via.params.get("branch") ?? "";
      found.set(branch, (found.get(branch) ?? new Set()).add(m.status));
    }
    return [...found.values()].map((statuses) => [...statuses]);
  }
  return { ...x, happen, finals };
}

test("calls in random order: one final answer to each INVITE, nobody up in a call that is over, nothing left", () => {
  let talks = 0;
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40, size: "max" }), (events) => {
      const x = floor();
      for (const e of events) x.happen(e);
      // The day ends: whoever still waits is sent away, and who does not answer is given up.
      for (const call of x.calls) call.hangUp(ourCause("normal"));
      expect(x.left()).toEqual(nothing);
      for (const statuses of x.finals()) expect(statuses.length).toBe(1);
      expect(x.said.filter((s) => s.startsWith("ended")).length).toBe(x.calls.length);
      const legs = Map.groupBy(x.news, (n) => n.leg);
      for (const steps of legs.values()) {
        expect(steps.at(-1)?.phase).toBe("down");
        expect(steps.filter((n) => n.phase === "down").length).toBe(1);
        if (steps.some((n) => n.phase === "up")) talks++;
      }
    }),
    { numRuns: 80, seed: 20_261_122 },
  );
  // It would be easy to be right where nobody ever answers.
  expect(talks).toBeGreaterThan(20);
});
