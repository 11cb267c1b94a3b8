import type { Message } from "@tongdai/shared";
import type { OpenEnd, Stretch } from "./model.ts";
import { compareText, insertAt, position } from "./ordered.ts";
import { same } from "./same.ts";

type Place = Pick<Message, "at" | "id">;

export const messageOrder = (a: Place, b: Place): number => a.at - b.at || compareText(a.id, b.id);

export interface MessagePage {
  readonly messages: readonly Message[];
  readonly before: string | null;
  readonly after: string | null;
}

/** A page as it came, in order. */
export function stretchOf(page: MessagePage): Stretch {
  const messages = [...page.messages].sort(messageOrder);
  return {
    messages,
    before: openEnd(page.before, messages[0]),
    after: openEnd(page.after, messages.at(-1)),
  };
}

const openEnd = (cursor: string | null, place: Place | undefined): OpenEnd | null =>
  cursor !== null && place ? { cursor, at: place.at, id: place.id } : null;

/** Whether a place is inside: past an open end there may be messages that are not here yet. */
export function covers({ before, after }: Stretch, place: Place): boolean {
  return (
    (before === null || messageOrder(before, place) <= 0) &&
    (after === null || messageOrder(place, after) <= 0)
  );
}

/** A message as it now is, where it belongs; one that moved away in time is taken out. */
export function putInto<S extends Stretch>(stretch: S, message: Message): S {
  const messages = covers(stretch, message)
    ? withMessage(stretch.messages, message)
    : withoutOlder(stretch.messages, message);
  return messages === stretch.messages ? stretch : { ...stretch, messages };
}

/** What the journal told is at least as new as a page that was read before: it stays. */
export function withPage<S extends Stretch>(stretch: S, page: MessagePage, side: "before" | "after"): S {
  const fetched = stretchOf(page);
  return {
    ...stretch,
    messages: stretch.messages.reduce(withMessage, fetched.messages),
    [side]: fetched[side],
  };
}

/** Whether nothing can be missing between an older stretch and the newest one. */
export const meets = (older: Stretch, newest: Stretch): boolean =>
  older.after === null || covers(newest, older.after);

export function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = position(messages, (other) => messageOrder(other, message));
  const known = messages[at];
  if (known?.id === message.id) return replaced(messages, at, message);
  // A message that moved in time keeps its id but not its place.
  const rest = withoutOlder(messages, message);
  if (rest === messages)
    return messages.some((m) => m.id === message.id) ? messages : insertAt(messages, at, message);
  return withMessage(rest, message);
}

/** Without a copy of this message that is not newer. */
function withoutOlder(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findLastIndex((m) => m.id === message.id);
  const old = messages[at];
  if (!old || old.revision > message.revision) return messages;
  return messages.filter((m) => m.id !== message.id);
}

function replaced(messages: readonly Message[], at: number, message: Message): readonly Message[] {
  const old = messages[at];
  if (old && (old.revision > message.revision || same(old, message))) return messages;
  const next = messages.slice();
  next[at] = message;
  return next;
}
