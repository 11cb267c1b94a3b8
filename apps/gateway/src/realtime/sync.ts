import type { CommandOutput, JournalEvent } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import type { Entry } from "../store/index.ts";
import { entriesAfter } from "../store/journal.ts";
import { present } from "./present.ts";
import { roomsFor } from "./rooms.ts";
import { takeSnapshot } from "./snapshot.ts";

/** More journal rows than this to catch up with: a snapshot is quicker. */
const MAX_REPLAY = 10_000;
const PAGE = 500;

export interface SyncSocket {
  readonly caller: Caller;
  /** Journal events for this reader, in order. */
  send(events: JournalEvent[]): void;
  /** Joins the rooms; from here on live events come. */
  join(): void;
}

/**
 * Brings a client up to now. Rooms are joined before the journal is read, so nothing falls between replay and live; the
 * client drops what it gets twice. With `lastSeq` unknown, too old or from another store the answer is a snapshot.
 */
export async function sync(
  ctx: Ctx,
  socket: SyncSocket,
  lastSeq: number | null,
): Promise<CommandOutput<"sync.start">> {
  socket.join();
  const head = await ctx.store.head();
  const serverTime = ctx.clock.now();
  if (lastSeq === null || lastSeq > head || head - lastSeq > MAX_REPLAY)
    return { mode: "snapshot", head, serverTime, snapshot: await takeSnapshot(ctx, socket.caller) };
  await replay(ctx, socket, { after: lastSeq, until: head });
  return { mode: "replayed", head, serverTime };
}

async function replay(ctx: Ctx, socket: SyncSocket, o: { after: number; until: number }): Promise<void> {
  const rooms = new Set(roomsFor(socket.caller));
  const reveal = socket.caller.permissions.has("customers.reveal");
  const visible = (e: Entry) => e.seq <= o.until && e.scopes.some((s) => rooms.has(s));
  for (let after = o.after; after < o.until; ) {
    const entries = await entriesAfter(ctx.store, after, PAGE);
    const last = entries.at(-1);
    if (!last) return;
    const events = entries.filter(visible).map((e) => present(e, reveal));
    if (events.length > 0) socket.send(events);
    after = last.seq;
    // Let other sockets have their turn between pages.
    await new Promise((resume) => setImmediate(resume));
  }
}
