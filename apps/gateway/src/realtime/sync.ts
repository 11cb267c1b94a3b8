import type { CommandOutput, JournalEvent } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { may } from "../features/access.ts";
import { breathe } from "../store/breathe.ts";
import type { Entry } from "../store/index.ts";
import { entriesAfter, entryTime } from "../store/journal.ts";
import type { SharedDirectory } from "./directory.ts";
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
  /** Joins the rooms, at once: from here on live events come. */
  join(): void;
  /** Leaves them: nothing live comes. */
  leave(): void;
  /** The newest number that sockets of this process have been told. */
  published(): number;
  /** What all readers share, as of this number or a little before it. */
  directory(head: number): Promise<SharedDirectory>;
}

export interface Synced {
  readonly answer: CommandOutput<"sync.start">;
  /** To be run once the answer is on its way. */
  readonly after: () => Promise<void>;
}

/** How far a client has got: an entry's number, and its time where the client tells it. */
export interface Known {
  readonly lastSeq: number | null;
  readonly lastAt?: number | null | undefined;
}

/**
 * Brings a client up to now. It hears every number once and in order: the rooms are joined in the very turn in which
 * nothing has been published that it has not got. With `lastSeq` unknown, too old or from another store the answer is a
 * snapshot, and what happened since follows it.
 */
export async function sync(ctx: Ctx, socket: SyncSocket, known: Known): Promise<Synced> {
  socket.leave();
  const { lastSeq } = known;
  const head = await ctx.store.head();
  const serverTime = ctx.clock.now();
  const restored = lastSeq !== null && (lastSeq > head || !(await isOurs(ctx, lastSeq, known.lastAt)));
  if (lastSeq === null || restored || head - lastSeq > MAX_REPLAY) {
    const directory = await socket.directory(head);
    const snapshot = await takeSnapshot(ctx, socket.caller, directory);
    const as = { head: directory.head, headAt: directory.headAt };
    return {
      answer: { mode: "snapshot", ...as, serverTime, snapshot, restored },
      after: async () => void (await catchUp(ctx, socket, directory.head)),
    };
  }
  const reached = await catchUp(ctx, socket, lastSeq);
  const headAt = await entryTime(ctx.store, reached);
  return { answer: { mode: "replayed", head: reached, headAt, serverTime }, after: async () => {} };
}

/** Whether the client's last entry is this store's: one that was restored and went on has another under that number. */
const isOurs = async (ctx: Ctx, seq: number, at: number | null | undefined): Promise<boolean> =>
  at === undefined || (await entryTime(ctx.store, seq)) === at;

/** Sends what came after a number and joins. Returns the number from which live events go on. */
async function catchUp(ctx: Ctx, socket: SyncSocket, from: number): Promise<number> {
  const rooms = new Set(roomsFor(socket.caller));
  const reveal = may(socket.caller, "customers.reveal");
  const visible = (e: Entry) => e.scopes.some((s) => rooms.has(s));
  for (let after = from; ; ) {
    const entries = await entriesAfter(ctx.store, after, PAGE);
    const events = entries.filter(visible).map((e) => present(e, reveal));
    if (events.length > 0) socket.send(events);
    after = entries.at(-1)?.seq ?? after;
    if (entries.length < PAGE && after >= socket.published()) {
      socket.join();
      return after;
    }
    // Let other sockets have their turn between pages.
    await breathe();
  }
}
