import type { Entry } from "../store/index.ts";
import { differsByReader } from "./present.ts";
import { inHalf } from "./rooms.ts";

/** The same entries in the same words for some sockets. */
export interface Parcel {
  readonly sockets: readonly string[];
  readonly entries: readonly Entry[];
  readonly reveal: boolean;
}

/** A place in the tree of all rows of entries that any socket gets; sockets at one place get the same. */
interface Place {
  readonly parent: Place | null;
  readonly entry: Entry | null;
  readonly reveal: boolean;
  readonly next: Map<string, Place>;
  readonly sockets: string[];
}

/**
 * Who gets what of one commit: each socket one parcel, its entries in order, and sockets that get the same share one. A
 * packet for each socket instead of one for each entry is most of what a busy wallboard costs; and since clients drop
 * what is older than what they have, nobody may get a later entry first.
 */
export function parcelsFor(
  entries: readonly Entry[],
  membersOf: (room: string) => Iterable<string> | undefined,
): Parcel[] {
  const root = place(null, null, false);
  const at = new Map<string, Place>();
  for (const entry of entries)
    for (const reveal of [false, true])
      for (const scope of entry.scopes)
        for (const socket of membersOf(inHalf(scope, reveal)) ?? []) {
          const here = at.get(socket) ?? root;
          if (here.entry !== entry) at.set(socket, step(here, entry, reveal && differsByReader(entry)));
        }
  const filled = new Set<Place>();
  for (const [socket, here] of at) {
    here.sockets.push(socket);
    filled.add(here);
  }
  return [...filled].map((here) => ({ sockets: here.sockets, ...walk(here) }));
}

const place = (parent: Place | null, entry: Entry | null, reveal: boolean): Place => ({
  parent,
  entry,
  reveal,
  next: new Map(),
  sockets: [],
});

function step(from: Place, entry: Entry, reveal: boolean): Place {
  const key = `${entry.seq}${reveal ? "+" : ""}`;
  let to = from.next.get(key);
  if (!to) {
    to = place(from, entry, from.reveal || reveal);
    from.next.set(key, to);
  }
  return to;
}

function walk(end: Place): { entries: Entry[]; reveal: boolean } {
  const entries: Entry[] = [];
  for (let here: Place | null = end; here?.entry; here = here.parent) entries.push(here.entry);
  return { entries: entries.reverse(), reveal: end.reveal };
}
