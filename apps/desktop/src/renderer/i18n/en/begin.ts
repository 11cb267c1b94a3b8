import type { Mirror } from "../types.ts";
import type { begin as vi } from "../vi/begin.ts";

/** Writing first: a conversation that an agent begins. */
export const begin = {
  title: "New conversation",
  to: "To",
  toHint: "Phone number, e-mail address or a customer's name",
  writeTo: "Write to {{address}}",
  change: "Choose somebody else",
  from: "From",
  address: "Address",
  subject: "Subject",
  text: "Message",
  send: "Send",
  noAccount: "You have no channel that can write to this address",
  noAddress: "This customer has no address yet",
  obstructed: "{{address}}: {{obstacle}}",
} as const satisfies Mirror<typeof vi>;
