import { fakeClock } from "@tongdai/shared/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReceivedRequest } from "../message/index.ts";
import { fakeFlow } from "../testing/fake-flow.ts";
import { request, response } from "../testing/requests.ts";
import { createTransactions, type ServerTransaction } from "./index.ts";

/** What may happen on a road that loses, repeats and turns round, and what a careless user may do. */
const event = fc.oneof(
  fc.record({
    do: fc.constant("receive" as const),
    method: fc.constantFrom("INVITE", "ACK", "CANCEL", "BYE", "INFO"),
    call: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({
    do: fc.constant("answer" as const),
    status: fc.constantFrom(180, 183, 200, 302, 486),
    which: fc.nat({ max: 5 }),
  }),
  fc.record({
    do: fc.constant("send" as const),
    method: fc.constantFrom("INVITE", "BYE"),
    call: fc.nat({ max: 2 }),
  }),
  fc.record({
    do: fc.constant("peer answers" as const),
    status: fc.constantFrom(100, 180, 200, 404, 487),
    which: fc.nat({ max: 5 }),
  }),
  fc.record({ do: fc.constant("cancel" as const), which: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(100, 500, 4_000, 33_000) }),
);

test.for(["UDP", "WS"] as const)(
  "over %s, whatever comes in whatever order: one final outcome each, and nothing stays behind",
  (transport) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const clock = fakeClock();
        const flow = fakeFlow(transport);
        const servers: ServerTransaction[] = [];
        const clients: { cancel(): void; request: ReceivedRequest; finals: Set<string>; ends: number }[] = [];
        let ids = 0;
        const transactions = createTransactions({
          clock,
          randomId: () => `r${++ids}`,
          user: {
            request: (t) => servers.push(t),
            cancelled: (t) => t.answer(487),
            acknowledged: () => {},
          },
        });
        const send = (method: string, call: number) => {
          const bare = request(method, { callId: `out${call}` });
          const mine = { finals: new Set<string>(), ends: 0 };
          const client = transactions.request({ ...bare, headers: bare.headers.slice(1) }, flow, {
            answered: (r) => r.status >= 200 && mine.finals.add(r.status < 300 ? "2xx" : "failure"),
            failed: () => {
              mine.ends++;
            },
          });
          clients.push(
            Object.assign(mine, { cancel: client.cancel, request: client.request as ReceivedRequest }),
          );
        };
        for (const e of events)
          if (e.do === "receive")
            transactions.receive(
              request(e.method, { branch: `z9hG4bK${e.call}`, callId: `in${e.call}` }),
              flow,
            );
          else if (e.do === "answer") servers[e.which]?.answer(e.status);
          else if (e.do === "send") send(e.method, e.call);
          else if (e.do === "cancel") clients[e.which]?.cancel();
          else if (e.do === "wait") clock.advance(e.ms);
          else {
            const sent = clients[e.which]?.request;
            if (sent) transactions.receive(response(sent, e.status), flow);
          }
        // Who waits for ever by right is an INVITE that rings: its user gives it up.
        for (const server of servers) server.answer(480);
        for (const client of clients) client.cancel();
        clock.advance(70_000);
        expect([transactions.size, clock.pending]).toEqual([0, 0]);
        for (const { finals, ends } of clients) expect(finals.size + ends).toBe(1);
      }),
      { numRuns: 150 },
    );
  },
);
