import type { Clock } from "@tongdai/shared";

/** Packets waiting for a client that does not read. The socket library keeps them without bound. */
const MAX_PACKETS = 1_000;
const MAX_CHARACTERS = 4 * 1024 * 1024;
const LOOK_MS = 2_000;

interface SlowSocket {
  readonly conn: { readonly writeBuffer: readonly { readonly data?: unknown }[] };
  disconnect(close: boolean): void;
}

/** Disconnects a client that has stopped reading; it catches up from the journal when it returns. Returns its undo. */
export function guardBacklog(clock: Clock, socket: unknown): () => void {
  // `writeBuffer` is public in engine.io's documentation, but private in its types.
  const watched = socket as SlowSocket;
  let cancel = clock.after(LOOK_MS, look);
  function look(): void {
    if (isTooMuch(watched.conn.writeBuffer)) watched.disconnect(true);
    else cancel = clock.after(LOOK_MS, look);
  }
  return () => cancel();
}

function isTooMuch(packets: SlowSocket["conn"]["writeBuffer"]): boolean {
  if (packets.length > MAX_PACKETS) return true;
  let characters = 0;
  for (const { data } of packets) if (typeof data === "string") characters += data.length;
  return characters > MAX_CHARACTERS;
}
