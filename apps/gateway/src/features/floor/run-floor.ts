import type { EventName, FloorChange, JournalEvent, PackedFloor } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { packed } from "../../presenters/packed.ts";
import { lostAgentIds } from "../../store/floor.ts";
import type { Entry, Store } from "../../store/index.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { floorPicture, type Picture } from "./picture.ts";
import { readState } from "./read-state.ts";
import { runDay } from "./run-day.ts";

export interface Floor extends Pick<Wakeable, "idle" | "close"> {
  watch(watcherId: string): void;
  unwatch(watcherId: string): void;
  /** Somebody's connection was lost or is back, which the journal does not tell. */
  presenceChanged(): void;
}

/** What is told is serialised once, however many hear it. */
interface Tell {
  /** The first word to those who are new; from then on they hear `all`. */
  first(watcherIds: readonly string[], floor: FloorChange | PackedFloor): void;
  all(change: FloorChange): void;
}

const EVERY_MS = 400;
const nothing = { full: false, queues: [], agents: [] };
/** What is announced to the other instances: they look at the store. */
const PRESENCE = "floor.presence";

/** Tells those who watch how the floor stands, at most every 0.4 s. Costs nothing while nobody watches. */
export function runFloor(ctx: () => Ctx, tell: Tell): Floor {
  const watchers = new Set<string>();
  const newcomers = new Set<string>();
  let picture: Picture | null = null;
  /** What happened while the picture was being read. */
  let meanwhile: Entry[] | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isPresenceStale = false;
  /** Something may be different in the picture, or somebody has not seen it yet. */
  let isStirred = false;
  let unsaid: (() => void) | null = null;

  const floor = wakeable({ name: "floor", deps: ctx, pass });
  const day = runDay(ctx, { isWatched: () => watchers.size > 0, onNews: floor.wake });

  function stir(): void {
    isStirred = true;
    floor.wake();
  }

  async function pass(): Promise<number | null> {
    if (watchers.size === 0) {
      picture = null;
      return null;
    }
    const { clock, store } = ctx();
    // Beside the picture's own beat: what people see of one another must not wait for sums.
    const news = day.change();
    if (news) tell.all({ ...nothing, day: news });
    if (!isStirred) return null;
    const early = toldAt + EVERY_MS - clock.elapsed();
    if (early > 0) return early;
    toldAt = clock.elapsed();
    isStirred = false;
    const now = await current(store).catch((error: unknown) => {
      // The next pass tries it again.
      isStirred = true;
      throw error;
    });
    const change = now.change();
    if (change) tell.all(change);
    const fresh = [...newcomers];
    newcomers.clear();
    if (fresh.length === 0) return null;
    const today = day.full();
    const first = await packed({ ...now.full(), ...(today ? { day: today } : {}) });
    tell.first(
      fresh.filter((id) => watchers.has(id)),
      first,
    );
    return null;
  }

  /** The picture as it is now. */
  async function current(store: Store): Promise<Picture> {
    picture ??= await read();
    if (isPresenceStale) {
      isPresenceStale = false;
      picture.setLost(
        await lostAgentIds(store).catch((error: unknown) => {
          isPresenceStale = true;
          throw error;
        }),
      );
    }
    return picture;
  }

  async function read(): Promise<Picture> {
    meanwhile = [];
    try {
      isPresenceStale = false;
      const read = floorPicture(await readState(ctx()));
      for (const entry of meanwhile) read.apply(entry as JournalEvent);
      return read;
    } finally {
      meanwhile = null;
    }
  }

  const undoFollow = ctx().store.follow((entries) => {
    const relevant = picture || meanwhile ? entries.filter(concernsFloor) : [];
    if (relevant.length === 0) return;
    meanwhile?.push(...relevant);
    if (relevant.some((e) => e.name === "floor.defined")) day.redefined();
    // The journal holds what our own features put there, typed by `Tx.journal`.
    for (const entry of relevant) picture?.apply(entry as JournalEvent);
    stir();
  });

  function lookForLost(): void {
    isPresenceStale = true;
    if (watchers.size > 0) stir();
  }

  ctx().store.onAnnounced((text) => {
    if (text === PRESENCE) lookForLost();
  });

  return {
    watch(id) {
      watchers.add(id);
      newcomers.add(id);
      stir();
      day.wake();
    },
    unwatch(id) {
      watchers.delete(id);
      newcomers.delete(id);
      if (watchers.size > 0) return;
      stir();
      day.wake();
    },
    presenceChanged() {
      // In a storm one word stands for all; the other instances may have watchers though we have none.
      unsaid ??= ctx().clock.after(EVERY_MS, () => {
        unsaid = null;
        lookForLost();
        ctx().store.announce(PRESENCE);
      });
    },
    async idle() {
      await day.idle();
      await floor.idle();
    },
    async close() {
      unsaid?.();
      undoFollow();
      await day.close();
      await floor.close();
    },
  };
}

const names = new Set<EventName>([
  "agent.changed",
  "queue.saved",
  "queue_opening.changed",
  "user.saved",
  "capacity.saved",
  "channel_account.changed",
  "message.created",
  "conversation.updated",
  "floor.defined",
  "thresholds.saved",
]);

const concernsFloor = ({ name }: Entry): boolean => name.startsWith("interaction.") || names.has(name);
