import { type FaultsOf, faultsOf } from "../kit/faults.ts";

/** Every way in which the simulator can be told to misbehave, with the value a bare switch-on takes. */
export const FAULTS = {
  /** Milliseconds before the answer; the message is sent at once. */
  "send.delay": 120_000,
  "send.closeAfterSend": true,
  "send.errorAfterSend": true,
  "send.serverError": true,
  "send.html": true,
  /** Answer every message with this error of the vendor's. */
  "send.error": -200,
  /** Answer every template with this error of the vendor's. */
  "template.error": -137,
  "api.throttle": true,
  /** The token door commits and closes without an answer. */
  "token.lost": true,
  "token.down": true,
  "token.revoked": true,
  "echo.beforeResponse": true,
  "echo.otherId": true,
  "echo.drop": true,
  "received.drop": true,
  "webhook.duplicates": 2,
  /** wrong | missing | hmac */
  "webhook.signature": "wrong",
  /** Whether a bad answer is tried again is not told: with this only a lost connection is. */
  "webhook.retryOnlyLost": true,
  /** not-found | wrong-type */
  "media.host": "not-found",
} as const satisfies Record<string, boolean | number | string>;

export type FaultName = keyof typeof FAULTS;
export type Faults = FaultsOf<FaultName>;

export const createFaults = (changed: () => void): Faults => faultsOf<FaultName>(FAULTS, changed);
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
