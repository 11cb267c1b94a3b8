import type { Clock } from "@tongdai/shared";

/** Packets waiting for a client that does not read. The socket library keeps them without bound. */
const MAX_PACKETS = 1_000;
const LOOK_MS = 2_000;

interface SlowSocket {
  readonly conn: { readonly writeBuffer: readonly unknown[] };
  disconnect(close: boolean): void;
}

/** Disconnects a client that has stopped reading; it catches up from the journal when it returns. Returns its undo. */
export function guardBacklog(clock: Clock, socket: unknown): () => void {
  // `writeBuffer` is public in engine.io's documentation, but private in its types.
  const watched = socket as SlowSocket;
  let cancel = clock.after(LOOK_MS, look);
  function look(): void {
    if (watched.conn.writeBuffer.length > MAX_PACKETS) watched.disconnect(true);
    else cancel = clock.after(LOOK_MS, look);
  }
  return () => cancel();
}
