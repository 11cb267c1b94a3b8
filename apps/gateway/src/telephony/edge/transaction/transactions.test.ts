import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, test } from "vitest";
import { header, type ReceivedRequest } from "../message/index.ts";
import { fakeFlow } from "../testing/fake-flow.ts";
import { request, response } from "../testing/requests.ts";
import { createTransactions, repeatSuccess, type ServerTransaction, type TransactionUser } from "./index.ts";

function bench(options: { most?: number; stateless?: TransactionUser["stateless"] } = {}) {
  const clock = fakeClock();
  const news: string[] = [];
  const open: ServerTransaction[] = [];
  let ids = 0;
  const transactions = createTransactions({
    clock,
    randomId: () => `r${++ids}`,
    most: options.most ?? 100,
    user: {
      request: (t) => {
        open.push(t);
        news.push(t.request.method);
      },
      cancelled: (invite) => {
        news.push("cancelled");
        invite.answer(487);
      },
      acknowledged: () => news.push("ack"),
      unacknowledged: () => news.push("no ack"),
      ...(options.stateless ? { stateless: options.stateless } : {}),
    },
  });
  const first = (): ServerTransaction => {
    const t = open[0];
    if (!t) throw new Error("no transaction");
    return t;
  };
  const heard: string[] = [];
  const listener = {
    answered: (r: { status: number }) => heard.push(String(r.status)),
    failed: (why: string) => heard.push(why),
  };
  const call = (method: string, flow = fakeFlow()) => ({
    flow,
    client: transactions.request({ ...request(method), headers: bare(request(method)) }, flow, listener),
  });
  return { clock, news, transactions, first, heard, call };
}

const bare = (r: ReceivedRequest) => r.headers.filter((h) => h.name !== "via");
const invite = () => request("INVITE", { branch: "z9hG4bKi", callId: "c" });
const ack = (branch = "z9hG4bKi") =>
  request("ACK", { branch, callId: "c", to: "<sip:support@example.com>;tag=x" });

/** When each copy of what is sent goes out, in milliseconds since the first. */
function times(clock: { advance(ms: number): void }, trace: string[], until = 40_000): number[] {
  const at = trace.map(() => 0);
  for (let t = 100; t <= until; t += 100) {
    clock.advance(100);
    while (at.length < trace.length) at.push(t);
  }
  return at;
}

const backedOff = [0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];

describe("what we send, on a road that loses", () => {
  test("INVITE goes out again at 0.5 s, doubling, and is given up after 32 s (A, B)", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow } = call("INVITE");
    expect(times(clock, flow.trace)).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect([heard, transactions.size, clock.pending]).toEqual([["time-out"], 0, 0]);
  });

  test("another request goes out again, doubling to 4 s (E, F)", () => {
    const { clock, call, heard } = bench();
    const { flow } = call("OPTIONS");
    expect(times(clock, flow.trace)).toEqual(backedOff);
    expect(heard).toEqual(["time-out"]);
  });

  test("another request goes on every 4 s after a provisional answer", () => {
    const { clock, call, transactions } = bench();
    const { flow, client } = call("OPTIONS");
    transactions.receive(response(client.request, 100), flow);
    expect(times(clock, flow.trace).slice(0, 4)).toEqual([0, 500, 4_500, 8_500]);
  });

  test("a provisional answer ends the copies of INVITE, which then waits for ever", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow, client } = call("INVITE");
    transactions.receive(response(client.request, 180), flow);
    clock.advance(600_000);
    expect([flow.trace, heard, client.state]).toEqual([["INVITE"], ["180"], "proceeding"]);
  });

  test("a refusal is acknowledged, each copy of it again, for 32 s (D)", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow, client } = call("INVITE");
    const busy = response(client.request, 486);
    for (let i = 0; i < 3; i++) transactions.receive(busy, flow);
    expect([flow.trace, heard]).toEqual([["INVITE", "ACK", "ACK", "ACK"], ["486"]]);
    const acked = flow.sent[1] as ReceivedRequest;
    expect(acked.via.params.get("branch")).toBe((flow.sent[0] as ReceivedRequest).via.params.get("branch"));
    expect([header(acked, "to"), acked.cseq.method]).toEqual([header(busy, "to"), "ACK"]);
    clock.advance(32_000);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });

  test("each copy of a 2xx is passed on for 32 s (M), also from a second phone", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow, client } = call("INVITE");
    transactions.receive(response(client.request, 200), flow);
    clock.advance(31_000);
    transactions.receive(response(client.request, 200), flow);
    clock.advance(1_000);
    transactions.receive(response(client.request, 200), flow);
    expect([heard, flow.trace, transactions.strays]).toEqual([["200", "200"], ["INVITE"], 1]);
  });

  test("a copy of a final answer to another request is swallowed for 5 s (K)", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow, client } = call("BYE");
    const ok = response(client.request, 200);
    transactions.receive(ok, flow);
    transactions.receive(ok, flow);
    expect([heard, transactions.size]).toEqual([["200"], 1]);
    clock.advance(5_000);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });
});

describe("what we send, on a connection", () => {
  test("goes out once, and nothing lingers behind a final answer", () => {
    const { clock, call, heard, transactions } = bench();
    const one = call("BYE", fakeFlow("WS"));
    transactions.receive(response(one.client.request, 200), one.flow);
    const two = call("INVITE", fakeFlow("WS"));
    transactions.receive(response(two.client.request, 603), two.flow);
    expect([heard, transactions.size, clock.pending]).toEqual([["200", "603"], 0, 0]);
    const three = call("INVITE", fakeFlow("WS"));
    clock.advance(32_000);
    expect([three.flow.trace, heard.at(-1)]).toEqual([["INVITE"], "time-out"]);
  });

  test("fails at once when the connection goes, and never inside the call that sends", () => {
    const { clock, call, heard, transactions } = bench();
    const { flow } = call("INVITE", fakeFlow("WS"));
    transactions.lost(flow);
    expect([heard, transactions.size, clock.pending]).toEqual([["road lost"], 0, 0]);
    const closed = fakeFlow("WS");
    closed.close();
    call("BYE", closed);
    expect(heard).toEqual(["road lost"]);
    clock.advance(0);
    expect(heard).toEqual(["road lost", "road lost"]);
  });
});

describe("giving up an INVITE", () => {
  test("waits for a provisional answer, then CANCEL goes on the same branch", () => {
    const { call, transactions, heard } = bench();
    const { flow, client } = call("INVITE", fakeFlow("WS"));
    client.cancel("SIP;cause=200");
    client.cancel();
    expect(flow.trace).toEqual(["INVITE"]);
    transactions.receive(response(client.request, 180), flow);
    const [sent, cancel] = flow.sent as ReceivedRequest[];
    expect(flow.trace).toEqual(["INVITE", "CANCEL"]);
    expect(cancel?.via).toEqual(sent?.via);
    expect([cancel?.cseq, header(cancel ?? invite(), "reason")]).toEqual([
      { number: 1, method: "CANCEL" },
      "SIP;cause=200",
    ]);
    if (cancel) transactions.receive(response(cancel, 200), flow);
    transactions.receive(response(client.request, 487), flow);
    expect([heard, flow.trace.at(-1), transactions.size]).toEqual([["180", "487"], "ACK", 0]);
  });

  test("loses against a 2xx that crosses it: the user hears of the 2xx", () => {
    const { call, transactions, heard } = bench();
    const { flow, client } = call("INVITE");
    transactions.receive(response(client.request, 180), flow);
    client.cancel();
    transactions.receive(response(client.request, 200), flow);
    expect(heard).toEqual(["180", "200"]);
  });

  test("is over after 32 s when the peer keeps silent", () => {
    const { clock, call, transactions, heard } = bench();
    const { flow, client } = call("INVITE");
    transactions.receive(response(client.request, 180), flow);
    client.cancel();
    clock.advance(32_000);
    expect([heard, transactions.size, clock.pending]).toEqual([["180", "time-out"], 0, 0]);
  });
});

describe("what we are sent", () => {
  test("INVITE: 100 after 0.2 s, copies get the last answer, never a second call", () => {
    const { clock, transactions, news, first } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    clock.advance(199);
    expect(flow.trace).toEqual([]);
    clock.advance(1);
    transactions.receive(invite(), flow);
    first().answer(180);
    transactions.receive(invite(), flow);
    expect([flow.trace, news]).toEqual([["100", "100", "180", "180"], ["INVITE"]]);
  });

  test("no 100 is sent behind an early answer", () => {
    const { clock, transactions, first } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    first().answer(182);
    clock.advance(1_000);
    expect(flow.trace).toEqual(["182"]);
  });

  test("a refusal goes out again until its ACK (G), which copies of it do not disturb (I)", () => {
    const { clock, transactions, news, first } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    first().answer(486);
    clock.advance(3_500);
    transactions.receive(invite(), flow);
    expect(flow.trace).toEqual(["486", "486", "486", "486", "486"]);
    for (let i = 0; i < 2; i++) transactions.receive(ack(), flow);
    transactions.receive(invite(), flow);
    clock.advance(4_999);
    expect([flow.trace.length, transactions.size, news]).toEqual([5, 1, ["INVITE"]]);
    clock.advance(1);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });

  test("a refusal without its ACK is told after 32 s (H)", () => {
    const { clock, transactions, news, first } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    first().answer(486);
    expect(times(clock, flow.trace)).toEqual(backedOff);
    expect([news, transactions.size, clock.pending]).toEqual([["INVITE", "no ack"], 0, 0]);
  });

  test("a 2xx is repeated until its ACK, on a connection too; a late INVITE is swallowed (L)", () => {
    const { clock, transactions, news, first } = bench();
    const flow = fakeFlow("WS");
    transactions.receive(invite(), flow);
    const repetition = repeatSuccess(clock, first(), { giveUp: () => news.push("given up") });
    clock.advance(3_500);
    transactions.receive(invite(), flow);
    expect(flow.trace).toEqual(["200", "200", "200", "200"]);
    transactions.receive(ack("z9hG4bKother"), flow);
    repetition.acknowledged();
    clock.advance(32_000);
    expect([flow.trace.length, news, transactions.size, clock.pending]).toEqual([4, ["INVITE", "ack"], 0, 0]);
  });

  test("a 2xx whose ACK never comes is given up after 32 s", () => {
    const { clock, transactions, news, first } = bench();
    transactions.receive(invite(), fakeFlow());
    repeatSuccess(clock, first(), { giveUp: () => news.push("given up") });
    clock.advance(32_000);
    expect([news, transactions.size, clock.pending]).toEqual([["INVITE", "given up"], 0, 0]);
  });

  test("another request: copies wait for the answer, then get it again for 32 s (J)", () => {
    const { clock, transactions, news, first } = bench();
    const flow = fakeFlow();
    const bye = request("BYE", { branch: "z9hG4bKb" });
    transactions.receive(bye, flow);
    transactions.receive(bye, flow);
    expect(flow.trace).toEqual([]);
    expect([first().answer(200)?.status, first().answer(500)]).toEqual([200, undefined]);
    transactions.receive(bye, flow);
    clock.advance(31_999);
    expect([flow.trace, news, transactions.size]).toEqual([["200", "200"], ["BYE"], 1]);
    clock.advance(1);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });

  test("another request that nobody answers is forgotten after 32 s, on a connection too", () => {
    const { clock, transactions } = bench();
    transactions.receive(request("INFO"), fakeFlow("WS"));
    transactions.receive(request("INFO"), fakeFlow());
    clock.advance(31_999);
    expect(transactions.size).toBe(2);
    clock.advance(1);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });

  test("on a connection nothing lingers behind an answer", () => {
    const { clock, transactions, first } = bench();
    transactions.receive(request("BYE"), fakeFlow("WS"));
    first().answer(200);
    expect([transactions.size, clock.pending]).toEqual([0, 0]);
  });
});

describe("CANCEL", () => {
  const cancel = () => request("CANCEL", { branch: "z9hG4bKi", callId: "c" });

  test("is answered and ends a call that has no answer", () => {
    const { transactions, news } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    transactions.receive(cancel(), flow);
    expect([flow.trace, news]).toEqual([
      ["200", "487"],
      ["INVITE", "cancelled"],
    ]);
    expect(header(flow.sent[0] ?? invite(), "to")).toBe(header(flow.sent[1] ?? invite(), "to"));
    transactions.receive(cancel(), flow);
    expect(flow.trace).toEqual(["200", "487", "200"]);
  });

  test("that crosses the answer changes nothing", () => {
    const { transactions, news, first } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    first().answer(200);
    transactions.receive(cancel(), flow);
    expect([flow.trace, news]).toEqual([["200", "200"], ["INVITE"]]);
  });

  test("of nothing gets 481", () => {
    const { transactions, news } = bench();
    const flow = fakeFlow();
    transactions.receive(cancel(), flow);
    expect([flow.trace, news]).toEqual([["481"], []]);
  });

  test("of another sender's INVITE with the same branch gets 481", () => {
    const { transactions, news } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    transactions.receive(
      request("CANCEL", { branch: "z9hG4bKi", via: "SIP/2.0/UDP 198.51.100.1:5060" }),
      flow,
    );
    expect([flow.trace, news]).toEqual([["481"], ["INVITE"]]);
  });
});

describe("what makes no transaction", () => {
  test.for([
    ["no branch of RFC 3261", request("OPTIONS", { branch: "1" })],
    ["a branch that is only the cookie", request("OPTIONS", { branch: "z9hG4bK" })],
  ] as const)("%s is refused politely", ([, bad]) => {
    const { clock, transactions, news } = bench();
    const flow = fakeFlow();
    transactions.receive(bad, flow);
    expect([flow.trace, news, transactions.size, clock.pending]).toEqual([["400"], [], 0, 0]);
  });

  test("the same request on a second way gets 482", () => {
    const { transactions, news } = bench();
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    transactions.receive(request("INVITE", { branch: "z9hG4bKsecond", callId: "c" }), flow);
    expect([flow.trace, news]).toEqual([["482"], ["INVITE"]]);
  });

  test("a full table answers 503 with Retry-After, takes copies still, and recovers", () => {
    const { clock, transactions, first, news } = bench({ most: 1 });
    const flow = fakeFlow();
    transactions.receive(invite(), flow);
    const more = request("BYE");
    transactions.receive(more, flow);
    expect([flow.trace, header(flow.sent[0] ?? invite(), "retry-after")]).toEqual([["503"], "10"]);
    first().answer(486);
    transactions.receive(ack(), flow);
    clock.advance(5_000);
    transactions.receive(more, flow);
    expect(news).toEqual(["INVITE", "BYE"]);
  });

  test("a stateless answer has the same tag each time", () => {
    const { transactions, news } = bench({ stateless: () => ({ status: 200 }) });
    const flow = fakeFlow();
    const ping = request("OPTIONS", { branch: "z9hG4bKping" });
    transactions.receive(ping, flow);
    transactions.receive(ping, flow);
    expect(flow.sent[0]).toEqual(flow.sent[1]);
    expect([news, transactions.size]).toEqual([[], 0]);
  });

  test("answers to nothing, or with a second Via, are counted and dropped", () => {
    const { transactions, heard, call } = bench();
    const { flow, client } = call("INVITE");
    const stranger = response(request("INVITE"), 200);
    const forwarded = response(client.request, 200);
    transactions.receive(stranger, flow);
    transactions.receive(
      { ...forwarded, headers: [...forwarded.headers, { name: "via", value: "SIP/2.0/UDP a" }] },
      flow,
    );
    expect([heard, transactions.strays]).toEqual([[], 2]);
  });
});
