import { ephemeral, type FloorChange } from "@tongdai/shared";
import { toAppError } from "./failure.ts";
import { unpackFloor } from "./unpack.ts";

type Listener = (change: FloorChange) => void;

export interface FloorFeed {
  take(data: unknown): void;
  /** What comes of the line that was is not wanted any more. */
  abandon(): void;
  on(listener: Listener): () => void;
}

/** What the gateway tells those who watch the floor, in order: unpacking takes turns in which the next change may come. */
export function createFloorFeed(log: (message: string) => void): FloorFeed {
  const listeners = new Set<Listener>();
  let turn: Promise<void> = Promise.resolve();
  let line = 0;
  return {
    take(data) {
      const told = ephemeral["floor.changed"].safeParse(data);
      if (!told.success) {
        log("floor.changed: not as agreed");
        return;
      }
      const mine = line;
      turn = turn
        .then(() => ("packed" in told.data ? unpackFloor(told.data) : told.data))
        .then((change) => {
          if (mine === line) for (const listener of listeners) listener(change);
        })
        .catch((cause: unknown) => log(`floor.changed: ${toAppError(cause).message}`));
    },
    abandon() {
      line++;
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
