import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../clock.ts";
import type { Call } from "./b2bua/index.ts";
import { createExchange } from "./exchange.ts";
import { audio, phone } from "./testing/phone.ts";
import { runSipp, sipp, sippRequest } from "./testing/sipp.ts";
import { listenUdp } from "./transport/index.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const f of undo.splice(0).reverse()) await f();
});

/** An exchange on a UDP port whose callers are sipp; each call rings at a phone of its own that does as it is told. */
async function listening(status: number) {
  const ended: number[] = [];
  const bugs: unknown[] = [];
  let ids = 0;
  const x = createExchange({
    clock: systemClock,
    domain: "127.0.0.1",
    secret: "secret",
    nonceKey: Buffer.alloc(32, 7),
    randomId: () => `id${++ids}`,
    random: () => 0.5,
    revoked: () => false,
    report: (error) => bugs.push(error),
    trunks: [{ id: "sipp", addresses: ["127.0.0.1"] }],
    desk: {
      incoming: (call) => ring(call),
      missed: (call, cause) => call.hangUp(cause),
      ended: (_, cause) => ended.push(cause.q850),
      resolve: () => undefined,
      transferred: () => {},
      news: () => {},
    },
  });
  const udp = await listenUdp({ host: "127.0.0.1", port: 0 }, x.edge.gate);
  undo.push(
    () => x.edge.close(),
    () => udp.close(),
  );

  function ring(call: Call): void {
    const agent = phone(x.edge.transactions.receive, { transport: "WS", number: `agent${++ids}` });
    const { send } = agent.flow;
    // Whatever it gets it answers at once, but not from within the act of sending.
    agent.flow.send = (bytes) => {
      const sent = send.call(agent.flow, bytes);
      const got = agent.flow.sent.at(-1);
      if (got?.kind === "request" && got.method !== "ACK") queueMicrotask(() => answer(got.method));
      return sent;
    };
    const answer = (method: string): void => {
      if (method === "CANCEL") agent.reply(487);
      else if (method !== "INVITE") agent.reply(200, { to: method });
      else if (status === 180) agent.reply(180);
      else agent.reply(status, { body: status === 200 ? audio() : "" });
    };
    call.ring({ user: "agent", uri: "sip:agent@a.invalid", flow: agent.flow });
  }
  return { ...x, port: udp.port, ended, bugs };
}

const to = "<sip:support@127.0.0.1>";
const sdp = (direction: string) =>
  `v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 4000 RTP/AVP 0\na=${direction}\n`;
const typed = (cseq: string) => `CSeq: ${cseq}\nContent-Type: application/sdp`;
/** The parts of one transaction have one branch. */
const sameBranch = (text: string) => text.replace("[branch]", "z9hG4bK-[pid]-[call_number]-first");
const invite = (cseq: number, whom: string, direction = "sendrecv") =>
  sippRequest("INVITE sip:support@127.0.0.1", whom, typed(`${cseq} INVITE`), sdp(direction));
const known = `${to}[peer_tag_param]`;
const say = (method: string, cseq: number) =>
  sippRequest(`${method} sip:support@127.0.0.1`, known, `CSeq: ${cseq} ${method}`);
const optional = ["100", "180", "182"].map((s) => `<recv response="${s}" optional="true"/>`).join("");
const answered = (status: number) => `${optional}<recv response="${status}"/>`;
const first = sameBranch(invite(1, to));
const refusalAck = sameBranch(say("ACK", 1));
const cancel = sameBranch(sippRequest("CANCEL sip:support@127.0.0.1", to, "CSeq: 1 CANCEL"));

describe.skipIf(!sipp)("callers who are sipp (Debian: sip-tester)", () => {
  test.for([
    [
      "are answered and hang up",
      200,
      16,
      [invite(1, to), answered(200), say("ACK", 1), say("BYE", 2), answered(200)],
    ],
    [
      "hold, resume and hang up",
      200,
      16,
      [
        invite(1, to),
        answered(200),
        say("ACK", 1),
        invite(2, known, "sendonly"),
        answered(200),
        say("ACK", 2),
        invite(3, known),
        answered(200),
        say("ACK", 3),
        say("BYE", 4),
        answered(200),
      ],
    ],
    ["find the agent busy", 486, 17, [first, answered(486), refusalAck]],
    [
      "give up",
      180,
      16,
      [
        first,
        '<recv response="100" optional="true"/><recv response="180"/>',
        cancel,
        answered(200),
        answered(487),
        refusalAck,
      ],
    ],
  ] as const)("%s", async ([, status, cause, steps]) => {
    const x = await listening(status);
    await runSipp(x.port, steps.join("\n"), 10);
    expect([x.ended, x.bugs, x.calls.size]).toEqual([Array(10).fill(cause), [], 0]);
  });
});
