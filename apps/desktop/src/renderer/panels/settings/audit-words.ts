import type { T } from "../../i18n/index.ts";
import type { PeopleSlice } from "../../state/model.ts";
import { neutralise } from "../../ui/safe-text.ts";

const known = {
  "session.opened": "sessionOpened",
  "session.refused": "sessionRefused",
  "session.closed": "sessionClosed",
  "session.revoked": "sessionRevoked",
  "password.changed": "passwordChanged",
  "user.created": "userCreated",
  "user.updated": "userUpdated",
  "queue.saved": "queueSaved",
  "channel_account.saved": "accountSaved",
  "channel_account.checked": "accountChecked",
  "customer.revealed": "customerRevealed",
} as const;

const isKnown = (action: string): action is keyof typeof known => Object.hasOwn(known, action);

/** What was done, in words; what this client does not know yet stays as the gateway calls it. */
export const actionText = (action: string, t: T): string =>
  isKnown(action) ? t(`admin.audit.action.${known[action]}`) : action;

const id = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** What it was done to. An id that nobody can read is left out. */
export function targetText(target: string, people: PeopleSlice): string {
  const thing = people.users[target] ?? people.queues[target] ?? people.accounts[target];
  if (thing) return neutralise(thing.name);
  return id.test(target) ? "" : neutralise(target);
}

export const detailText = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${neutralise(valueText(value))}`)
    .join(", ");

const valueText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
