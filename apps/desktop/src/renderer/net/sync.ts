import {
  AppError,
  type Clock,
  type CommandOutput,
  ephemeral,
  type FloorChange,
  type JournalEvent,
  JournalEventSchema,
  type PackedSnapshot,
  type Snapshot,
  type WireError,
} from "@tongdai/shared";
import { z } from "zod";
import { applyJournal, reached } from "../state/apply-journal.ts";
import { applySnapshot, forgetHistory } from "../state/apply-snapshot.ts";
import { setConnection, setSkew } from "../state/connection.ts";
import type { State } from "../state/model.ts";
import type { Store } from "../state/store.ts";
import { setTyping } from "../state/typing.ts";
import { createBatch } from "./batch.ts";
import { fromWire, toAppError, toWire } from "./failure.ts";
import { createFloorFeed } from "./floor-feed.ts";
import { createRequests, type Requests } from "./request.ts";
import type { OpenSocket, Socket } from "./socket.ts";
import { unpack } from "./unpack.ts";

const applyEveryMs = 100;
/** A typing mark that is not renewed goes out by itself: its end may have been lost. */
const typingMs = 8_000;

export interface EventsSeen {
  readonly events: readonly JournalEvent[];
  /** They happen now, and are not a replay of what was missed. */
  readonly live: boolean;
}

export interface Sync {
  readonly requests: Requests;
  start(): void;
  stop(): void;
  /** Try to connect now. */
  hurry(): void;
  onEvents(listener: (seen: EventsSeen) => void): () => void;
  onFloor(listener: (change: FloorChange) => void): () => void;
}

type SnapshotAnswer = Extract<CommandOutput<"sync.start">, { mode: "snapshot" }>;

interface Options {
  readonly store: Store;
  readonly clock: Clock;
  readonly open: OpenSocket;
  readonly onLive: () => void;
  readonly onEnded: (reason: WireError | null) => void;
  readonly log: (message: string) => void;
}

/** Keeps the state equal to the journal: after every connect it asks for what came after its last number. */
export function createSync({ store, clock, open, onLive, onEnded, log }: Options): Sync {
  let socket: Socket | null = null;
  let connections = 0;
  /** Events that wait until the snapshot before them is unpacked. */
  let held: JournalEvent[] | null = null;
  const listeners = new Set<(seen: EventsSeen) => void>();
  const floor = createFloorFeed(log);
  const typingEnds = new Map<string, () => void>();

  const batch = createBatch<JournalEvent>(clock, applyEveryMs, (events) => {
    const { connection, session } = store.getState();
    const { lastSeq, status } = connection;
    store.setState((s) => applyJournal(s, events));
    const fresh = events.filter((e) => lastSeq === null || e.seq > lastSeq);
    for (const listener of listeners) listener({ events: fresh, live: status === "live" });
    // Other rights show other things: what is known is read anew.
    if (status === "live" && session.permissions !== store.getState().session.permissions)
      void connected(true);
  });
  const requests = createRequests({ clock, socket: () => socket, settle: batch.flush });
  const setStatus = (status: "connecting" | "behind" | "live" | "offline" | "outdated") =>
    store.setState((s) => setConnection(s, status, clock.now()));

  async function connected(anew = false): Promise<void> {
    const line = socket;
    const mine = ++connections;
    requests.connected();
    setStatus("behind");
    try {
      const { lastSeq, lastAt } = store.getState().connection;
      const answer = await requests.attempt("sync.start", anew ? { lastSeq: null } : { lastSeq, lastAt });
      const skew = answer.serverTime - clock.now();
      const snapshot = answer.mode === "snapshot" ? await whole(answer.snapshot) : null;
      if (mine !== connections) return;
      store.setState((s) => {
        const known =
          answer.mode === "snapshot" && snapshot
            ? fromSnapshot(anew ? forgetHistory(s) : s, answer, snapshot)
            : s;
        return setSkew(reached(known, answer.head, answer.headAt), skew);
      });
      release();
      setStatus("live");
      requests.live();
      onLive();
    } catch (cause) {
      if (line === socket) syncFailed(toAppError(cause));
    }
  }

  /** Unpacking takes turns in which events come that belong behind the snapshot. */
  function whole(snapshot: Snapshot | PackedSnapshot): Snapshot | Promise<Snapshot> {
    if (!("packed" in snapshot)) return snapshot;
    held = [];
    return unpack(snapshot);
  }

  function release(): void {
    const events = held ?? [];
    held = null;
    if (events.length > 0) batch.add(events);
  }

  /** What comes of the connection that was is not wanted any more. */
  function abandon(): void {
    connections++;
    held = null;
    floor.abandon();
  }

  function syncFailed(error: AppError): void {
    if (error.code === "unauthenticated") {
      onEnded(toWire(error));
      return;
    }
    log(`sync.start: ${error.code} ${error.message}`);
    // A line lost in the middle reconnects by itself; one that stands but does not answer is broken here.
    if (socket?.connected) socket.cycle();
  }

  function disconnected(): void {
    abandon();
    requests.lost();
    if (store.getState().connection.status !== "outdated") setStatus("offline");
  }

  function refused(error: AppError): void {
    abandon();
    requests.lost();
    if (error.code === "unauthenticated") onEnded(toWire(error));
    else if (error.code === "contract_mismatch") {
      setStatus("outdated");
      socket?.close();
    } else setStatus("offline");
  }

  function journal(packet: unknown): void {
    const rows = z.array(z.unknown()).safeParse(packet);
    if (!rows.success) log("journal: not a list");
    const events = (rows.data ?? []).map((row) => readEvent(row, log)).filter((e) => e !== null);
    if (held) held.push(...events);
    else if (events.length > 0) batch.add(events);
    // The phone may ring in the next moment: who calls is to be on the screen before.
    if (events.some(({ name }) => name === "offer.made")) batch.flush();
  }

  function typing(data: unknown): void {
    const mark = ephemeral["typing.changed"].safeParse(data);
    if (!mark.success) return;
    const { conversationId, userId, on } = mark.data;
    if (userId !== null && userId === store.getState().session.me?.id) return;
    const key = `${conversationId} ${userId}`;
    const set = (value: boolean) => store.setState((s) => setTyping(s, conversationId, userId, value));
    typingEnds.get(key)?.();
    typingEnds.delete(key);
    set(on);
    if (on)
      typingEnds.set(
        key,
        clock.after(typingMs, () => set(false)),
      );
  }

  return {
    requests,
    start() {
      socket?.close();
      setStatus("connecting");
      socket = open({
        connected: () => void connected(),
        disconnected,
        refused,
        journal,
        typing,
        floor: floor.take,
        ended: (reason) => onEnded(toWire(fromWire(reason, new AppError("unauthenticated", "ended")))),
      });
    },
    stop() {
      socket?.close();
      socket = null;
      abandon();
      requests.lost();
      batch.clear();
      for (const undo of typingEnds.values()) undo();
      typingEnds.clear();
    },
    hurry: () => socket?.hurry(),
    onFloor: floor.on,
    onEvents(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const fromSnapshot = (s: State, answer: SnapshotAnswer, snapshot: Snapshot): State =>
  applySnapshot(answer.restored ? forgetHistory(s) : s, snapshot, answer);

/** A row that we do not understand is left out and its neighbours are applied: a newer gateway may know more than we do. */
function readEvent(row: unknown, log: (message: string) => void): JournalEvent | null {
  const event = JournalEventSchema.safeParse(row);
  if (event.success) return event.data;
  log(`journal: ${event.error.message}`);
  return null;
}
