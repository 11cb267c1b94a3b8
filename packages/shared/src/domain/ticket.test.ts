import fc from "fast-check";
import { expect, test } from "vitest";
import { TicketStatus } from "../contract/tickets.ts";
import { assertTicketTransition, isTicketDone, ticketStatusesAfter } from "./ticket.ts";

const statuses = TicketStatus.options;

test("a closed ticket never reopens, a solved one may", () => {
  for (const to of statuses) expect(() => assertTicketTransition("closed", to)).toThrow("closed -> ");
  expect(() => assertTicketTransition("solved", "open")).not.toThrow();
});

test("no road leads back to new, and every road may end in closed", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10), { maxLength: 30 }), (picks) => {
      let status: TicketStatus = "new";
      for (const pick of picks) {
        const allowed = ticketStatusesAfter(status);
        const to = allowed[pick % Math.max(1, allowed.length)];
        if (to === undefined) break;
        expect(to).not.toBe("new");
        expect(to).not.toBe(status);
        status = to;
      }
      if (status !== "closed") expect(ticketStatusesAfter(status)).toContain("closed");
    }),
  );
});

test("solved and closed are done", () => {
  expect(statuses.filter(isTicketDone)).toEqual(["solved", "closed"]);
});
