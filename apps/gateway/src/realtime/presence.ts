import type { Ctx } from "../context.ts";
import { agentBack, agentLost } from "../features/interactions/index.ts";
import { breathe } from "../store/breathe.ts";

export interface Presence {
  came(userId: string): void;
  left(userId: string): void;
  /** The store has forgotten who is connected here. */
  again(): void;
  /** Resolves when the store knows who is here. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Presentee {
  sockets: number;
  /** What the store was last told. */
  told: boolean;
  telling: Promise<void> | null;
}

const RETRY_MS = 1_000;
/** Turns of the event loop that a word waits: nothing when little happens, and some milliseconds in a storm. */
const TURNS = 8;

/**
 * Counts each person's sockets: the first one brings the agent back, the end of the last one loses them. One word at a
 * time is said about a person, and the last word is what is true: two transactions at once could commit in either order.
 * What the store did not take is said again, for nothing may be routed to somebody who is gone.
 */
export function presence(ctx: () => Ctx): Presence {
  const people = new Map<string, Presentee>();
  const pauses = new Set<() => void>();
  let closed = false;
  let together: Promise<void> | null = null;

  /** Those who come or go within a few turns are told in the same one, and so share a commit. */
  function gather(): Promise<void> {
    together ??= turns(TURNS).finally(() => {
      together = null;
    });
    return together;
  }

  function changed(userId: string, by: 1 | -1): void {
    const person = people.get(userId) ?? { sockets: 0, told: false, telling: null };
    people.set(userId, person);
    person.sockets = Math.max(0, person.sockets + by);
    say(userId, person);
  }

  function say(userId: string, person: Presentee): void {
    person.telling ??= tell(userId, person).finally(() => {
      person.telling = null;
      if (person.sockets === 0 && !person.told) people.delete(userId);
    });
  }

  async function tell(userId: string, person: Presentee): Promise<void> {
    await gather();
    // At shut-down everybody leaves; who was there is found lost at the next start.
    while (!closed && person.told !== person.sockets > 0) {
      const here = person.sockets > 0;
      try {
        await (here ? agentBack(ctx(), userId) : agentLost(ctx(), userId));
        person.told = here;
      } catch (err) {
        ctx().log.error({ err }, "presence not recorded, will be said again");
        await pause();
      }
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        undo();
        pauses.delete(end);
        resolve();
      };
      const undo = ctx().clock.after(RETRY_MS, end);
      pauses.add(end);
    });
  }

  const idle = async () => {
    const telling = [...people.values()].flatMap((p) => (p.telling ? [p.telling] : []));
    await Promise.all(telling);
  };

  return {
    came: (userId) => changed(userId, 1),
    left: (userId) => changed(userId, -1),
    again() {
      for (const [userId, person] of people) {
        person.told = false;
        say(userId, person);
      }
    },
    idle,
    async close() {
      closed = true;
      for (const end of pauses) end();
      await idle();
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await breathe();
}
