import { expect, test } from "vitest";
import {
  conversation,
  facebook,
  interaction,
  lan,
  minh,
  morning,
  page,
} from "../../../../test/renderer/builders.ts";
import { standing } from "./hold-reason.ts";

const hour = 3_600_000;
const of = (change = {}, account = page, capabilities = facebook.capabilities) =>
  standing({
    conversation: conversation(1, { lastInboundAt: morning, windowOpenedAt: morning, ...change }),
    capabilities,
    account,
    myId: lan.id,
    now: morning + hour,
  });

test("the windows of a channel: open, for people only, closed, never opened", () => {
  const at = (ago: number) => ({ lastInboundAt: morning - ago, windowOpenedAt: morning - ago });
  expect(of().window.state).toBe("open");
  expect(of(at(30 * hour))).toMatchObject({ window: { state: "human" }, blocked: null });
  expect(of(at(8 * 24 * hour)).blocked).toEqual({ kind: "window_closed" });
  expect(of({ lastInboundAt: null, windowOpenedAt: null }).blocked).toEqual({ kind: "window_unopened" });
});

test("whose work it is", () => {
  const c = conversation(1).id;
  expect(of({ interaction: null }).blocked).toEqual({ kind: "no_work" });
  expect(of({ interaction: interaction(c, { ownerId: null, state: "waiting" }) }).blocked).toEqual({
    kind: "unclaimed",
  });
  expect(of({ interaction: interaction(c, { ownerId: minh.id }) }).blocked).toEqual({
    kind: "not_owner",
    ownerId: minh.id,
  });
});

test("a channel that needs a log-in holds what is sent, and does not stop the writing", () => {
  const account = { ...page, health: { ...page.health, state: "login_needed" as const } };
  expect(of({}, account)).toMatchObject({ blocked: null, notice: "login_needed" });
});

test("who wants nothing more is written to by nobody, also where there is no work yet", () => {
  expect(of({ optedOutAt: morning }).blocked).toEqual({ kind: "opted_out" });
  expect(of({ optedOutAt: morning, interaction: null }).blocked).toEqual({ kind: "opted_out" });
});

test("to somebody who telephones nothing can be written; a call that waits can be taken", () => {
  const c = conversation(1).id;
  const calls = { ...facebook.capabilities, calls: true as const };
  expect(of({}, page, calls).blocked).toEqual({ kind: "calls" });
  expect(of({ interaction: null }, page, calls).blocked).toEqual({ kind: "calls" });
  const waiting = { interaction: interaction(c, { ownerId: null, state: "waiting" }) };
  expect(of(waiting, page, calls).blocked).toEqual({ kind: "unclaimed" });
});
