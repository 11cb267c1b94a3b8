import { type FaultsOf, faultsOf } from "../../kit/faults.ts";

export type { FaultValue } from "../../kit/faults.ts";

/** Every way in which the simulator can be told to misbehave, with the value a bare switch-on takes. */
export const FAULTS = {
  "echo.beforeResponse": true,
  "echo.drop": true,
  "webhook.duplicates": 2,
  "webhook.reverseBatch": true,
  "webhook.parallel": true,
  /** wrong | missing | other-app */
  "webhook.signature": "wrong",
  "delivery.withoutMids": true,
  "delivery.drop": true,
  "read.oldWatermark": true,
  /** The delivery receipt waits and follows the read receipt. */
  "receipts.swapped": true,
  "sticker.double": true,
  /** Milliseconds before the answer; the message is sent at once. */
  "send.delay": 120_000,
  "send.closeAfterSend": true,
  "send.errorAfterSend": true,
  "send.serverError": true,
  "send.html": true,
  /** 429 (HTTP) | 613 (Graph code) */
  "send.throttle": "613",
  "send.restricted": true,
  "send.otherAppControls": true,
  "token.revoked": true,
  /** Seconds since 1970; without it a token lives for ever. */
  "token.expires": 1_800_000_000,
  /** A permission that was not granted. */
  "token.lacks": "pages_messaging",
  /** The webhook does not tell who wrote a comment. */
  "comments.withoutFrom": true,
  /** Nothing may be done to comments. */
  "comments.noPermission": true,
  /** A comment is written and its answer gets lost. */
  "comments.closeAfterWrite": true,
  /** A comment is written, and nobody is told: no webhook, and no answer. */
  "comments.silent": true,
  /** Nothing is done and the connection breaks. */
  "comments.noAnswer": true,
  /** Percent shown in the usage headers. */
  "usage.high": 95,
  /** not-found | redirect-private | endless | wrong-type | stall */
  "media.host": "not-found",
} as const satisfies Record<string, boolean | number | string>;

export type FaultName = keyof typeof FAULTS;
export type Faults = FaultsOf<FaultName>;

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

export const createFaults = (changed: () => void): Faults => faultsOf<FaultName>(FAULTS, changed);
