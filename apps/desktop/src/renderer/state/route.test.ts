import { expect, test } from "vitest";
import { formatRoute, home, parseRoute } from "./route.ts";

test("an address and its place are the same thing", () => {
  for (const hash of [
    "#/inbox",
    "#/inbox/abc",
    "#/tickets/7",
    "#/customers",
    "#/reports",
    "#/settings/people",
  ])
    expect(formatRoute(parseRoute(hash))).toBe(hash);
});

test("anything unknown leads home", () => {
  for (const hash of ["", "#", "#/nowhere", "#/%E0%A4%A/x"]) expect(parseRoute(hash)).toEqual(home);
});
