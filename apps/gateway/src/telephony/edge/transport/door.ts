import type { Bans } from "./bans.ts";

export interface DoorLimits {
  /** Connections in all, and of one address. */
  readonly most?: number;
  readonly mostOfOne?: number;
}

/** Counts connections and keeps out what is too many or banned. */
export function createDoor({ most = 5_000, mostOfOne = 200 }: DoorLimits, bans: Bans) {
  const inside = new Set<() => void>();
  const ofAddress = new Map<string, number>();
  return {
    /** @returns what to call when the connection is gone; undefined when it may not come in */
    enter(address: string, close: () => void): (() => void) | undefined {
      const others = ofAddress.get(address) ?? 0;
      if (bans.banned(address) || inside.size >= most || others >= mostOfOne) return undefined;
      inside.add(close);
      ofAddress.set(address, others + 1);
      return () => {
        if (!inside.delete(close)) return;
        const left = (ofAddress.get(address) ?? 1) - 1;
        if (left > 0) ofAddress.set(address, left);
        else ofAddress.delete(address);
      };
    },
    /** Closes every connection. */
    clear(): void {
      for (const close of inside) close();
    },
    get inside() {
      return inside.size;
    },
  };
}

export type Door = ReturnType<typeof createDoor>;
