import { describe, expect, it } from "vitest";
import type { SendOutcome } from "../channel.ts";
import { accountState, refusal, sendOutcome } from "./errors.ts";
import type { Refusal, Trouble } from "./graph.ts";

const usage = { percent: 0, regainMs: null, retryAfterMs: null };
const refused = (code: number, subcode: number | null, more: Partial<Refusal> = {}): Refusal => ({
  kind: "refused",
  code,
  subcode,
  transient: false,
  status: 400,
  detail: "told",
  usage,
  ...more,
});

const never = (code: string) => ({ kind: "failed", code, detail: "told" });
const again = (code: string, attempts: number, afterMs: number | null = null) => ({
  kind: "retry",
  code,
  scope: "message",
  attempts,
  afterMs,
});
const hold = { kind: "retry", code: "throttled", scope: "account", afterMs: null };
const stop = (state: string, code: string) => ({ kind: "paused", state, code, detail: "told" });

/** Meta's table of errors, and what a message's fate is. */
const table: readonly (readonly [number, number | null, object])[] = [
  [1, null, again("temporary", 4, 5000)],
  [2, null, again("temporary", 4, 5000)],
  [2, 2018344, never("recipient_terms")],
  [4, null, hold],
  [17, null, hold],
  [32, null, hold],
  [613, null, hold],
  [613, 2534040, hold],
  [80001, null, hold],
  [80006, null, hold],
  [10, null, never("permission")],
  [10, 2018278, never("outside_window")],
  [10, 2018065, never("outside_window")],
  [10, 2534022, never("outside_window")],
  [10, 2018108, never("recipient_unavailable")],
  [10, 1893063, stop("restricted", "page_restricted")],
  [100, null, never("invalid")],
  [100, 2018001, never("recipient_unknown")],
  [100, 1893061, never("retired_tag")],
  [100, 2018074, again("attachment_refused", 2)],
  [100, 2018008, again("attachment_fetch", 2)],
  [100, 2018294, again("attachment_fetch", 2)],
  [100, 2018047, never("attachment_refused")],
  [102, null, stop("login_needed", "login_needed")],
  [190, null, stop("login_needed", "login_needed")],
  [190, 463, stop("login_needed", "login_needed")],
  [200, null, never("permission")],
  [200, 2018028, never("permission")],
  [200, 1545041, never("recipient_unavailable")],
  [551, null, never("recipient_unavailable")],
  [551, 1545041, never("recipient_unavailable")],
  [2018300, null, again("other_app_controls", 4, 30_000)],
  [10, 2018300, again("other_app_controls", 4, 30_000)],
  [2018321, null, again("automated_flow", 10, 30_000)],
  [100, 2018321, again("automated_flow", 10, 30_000)],
  [10303, null, never("invalid")],
  [368, null, stop("restricted", "policy")],
  [987654, null, never("invalid")],
  [987654, 5, never("invalid")],
];

describe("Meta's errors", () => {
  it.each(table)("%s/%s", (code, subcode, outcome) => {
    expect(sendOutcome(refused(code, subcode))).toMatchObject(outcome);
  });

  it("T6: a retired tag is shown and never tried again", () => {
    expect(sendOutcome(refused(100, 1893061, { transient: true }))).toMatchObject(never("retired_tag"));
  });

  it("T10: no such recipient, told in two ways, keeps Meta's words", () => {
    const outcomes = [refused(100, 2018001), refused(200, 1545041)].map(sendOutcome);
    expect(outcomes).toMatchObject([{ detail: "told" }, { detail: "told" }]);
    expect(outcomes.map((o: SendOutcome) => o.kind)).toEqual(["failed", "failed"]);
  });

  it("believes a word of hope where the code says nothing exact", () => {
    expect(sendOutcome(refused(987654, null, { transient: true }))).toMatchObject(
      again("temporary", 4, 5000),
    );
    expect(sendOutcome(refused(100, null, { transient: true }))).toMatchObject(again("temporary", 4, 5000));
    expect(sendOutcome(refused(10, 2018278, { transient: true }))).toMatchObject(never("outside_window"));
    expect(sendOutcome(refused(190, null, { transient: true }))).toMatchObject({ kind: "paused" });
  });

  it("judges an unknown code by its HTTP status", () => {
    expect(sendOutcome(refused(987654, null, { status: 500 }))).toMatchObject(again("temporary", 4, 5000));
    expect(sendOutcome(refused(987654, null, { status: 429 }))).toMatchObject(hold);
  });

  it("X10: a throttled account waits as long as Meta says", () => {
    const told = { usage: { percent: 100, regainMs: 300_000, retryAfterMs: null } };
    expect(sendOutcome(refused(613, null, told))).toMatchObject({ scope: "account", afterMs: 300_000 });
    expect(sendOutcome(refused(2, null, told))).toMatchObject({ scope: "message", afterMs: 5000 });
  });

  it("X10: whoever asks for a rest by Retry-After gets it", () => {
    const asked = { usage: { ...usage, retryAfterMs: 20_000 } };
    expect(sendOutcome(refused(613, null, asked))).toMatchObject({ scope: "account", afterMs: 20_000 });
    expect(sendOutcome(refused(2, null, asked))).toMatchObject({ scope: "message", afterMs: 20_000 });
    const page = { kind: "garbled", detail: "told", ...asked } as const;
    expect(sendOutcome({ ...page, status: 429 })).toMatchObject({ scope: "account", afterMs: 20_000 });
    expect(sendOutcome({ ...page, status: 503 })).toEqual({
      kind: "unknown",
      detail: "told",
      restMs: 20_000,
    });
  });
});

describe("answers that are not Graph's", () => {
  const answer = (status: number): Trouble => ({ kind: "garbled", status, detail: "told", usage });

  it.each([200, 204, 408, 500, 502, 503, 504])("T22: %s may have been sent", (status) => {
    expect(sendOutcome(answer(status))).toEqual({ kind: "unknown", detail: "told" });
  });

  it.each([302, 401, 403, 404])("%s was stopped on its way", (status) => {
    expect(sendOutcome(answer(status))).toMatchObject(again("temporary", 4));
  });

  it("429 and 413 say it by themselves", () => {
    expect(sendOutcome(answer(429))).toMatchObject(hold);
    expect(sendOutcome(answer(413))).toMatchObject(never("attachment_refused"));
  });
});

it("a lost answer is unknown, an unreachable Graph is not", () => {
  expect(sendOutcome({ kind: "lost", detail: "told" })).toEqual({ kind: "unknown", detail: "told" });
  expect(sendOutcome({ kind: "unreachable", detail: "told" })).toMatchObject({
    kind: "retry",
    scope: "account",
    code: "no_answer",
  });
});

it("requests that are not messages fail with what may pass kept apart", () => {
  expect(refusal(refused(2, null)).code).toBe("unavailable");
  expect(refusal(refused(613, null)).code).toBe("unavailable");
  expect(refusal({ kind: "lost", detail: "told" }).code).toBe("unavailable");
  expect(refusal(refused(100, 33))).toMatchObject({
    code: "channel_refused",
    message: "told",
    details: { code: 100, subcode: 33 },
  });
});

it("tells what an answer says about the account", () => {
  const states = [
    refused(190, null),
    refused(368, null),
    refused(100, null),
    { kind: "lost", detail: "" } as const,
  ];
  expect(states.map(accountState)).toEqual(["login_needed", "restricted", null, null]);
});
