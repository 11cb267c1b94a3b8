import { expect, test } from "vitest";
import { formatRoute, home, parseRoute } from "./route.ts";

test("an address and its place are the same thing", () => {
  for (const hash of [
    "#/inbox",
    "#/inbox/abc",
    "#/tickets/7",
    "#/customers",
    "#/reports",
    "#/reports/2026-11-20",
    "#/reports/2026-11-20/abc",
    "#/settings/people",
    "#/settings/replay/2026-11-20/abc",
  ])
    expect(formatRoute(parseRoute(hash))).toBe(hash);
});

test("what is no day is left out of an address", () => {
  expect(parseRoute("#/reports/abc")).toEqual({ name: "reports" });
  expect(parseRoute("#/settings/replay/20-11-2026/abc")).toEqual({ name: "settings", section: "replay" });
});

test("anything unknown leads home", () => {
  for (const hash of ["", "#", "#/nowhere", "#/%E0%A4%A/x"]) expect(parseRoute(hash)).toEqual(home);
});
