import type { DialObstacle } from "@tongdai/shared";

/** Whom to call: a number, or an address of a customer that may be masked here. */
export type DialTo = { readonly number: string } | { readonly identityId: string; readonly shown: string };

export interface DialRefused {
  readonly obstacle: DialObstacle;
  readonly until?: number | undefined;
  readonly limit?: number | undefined;
}

/** What lies over the work. Kept here because a key, a menu and the palette all open the same. */
export type Dialog =
  | {
      readonly kind: "transfer" | "park" | "wrap_up" | "ticket" | "template";
      readonly conversationId: string;
    }
  | { readonly kind: "customer_ticket"; readonly customerId: string | null }
  | { readonly kind: "dial"; readonly to: DialTo | null; readonly refused: DialRefused | null }
  | { readonly kind: "sign_off"; readonly next: "offline" | "close" }
  | { readonly kind: "palette" | "shortcuts" | "log_out" | "new_conversation" };
