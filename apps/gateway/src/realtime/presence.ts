import type { Ctx } from "../context.ts";
import { agentBack, agentLost } from "../features/interactions/index.ts";

export interface Presence {
  came(userId: string): void;
  left(userId: string): void;
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

/**
 * Counts each person's sockets: the first one brings the agent back, the end of the last one loses them. One word at a
 * time is said about a person, and the last word is what is true: two transactions at once could commit in either order.
 * What the store did not take is said again, for nothing may be routed to somebody who is gone.
 */
export function presence(ctx: () => Ctx): Presence {
  const people = new Map<string, Presentee>();
  const pauses = new Set<() => void>();
  let closed = false;

  function changed(userId: string, by: 1 | -1): void {
    const person = people.get(userId) ?? { sockets: 0, told: false, telling: null };
    people.set(userId, person);
    person.sockets = Math.max(0, person.sockets + by);
    person.telling ??= tell(userId, person).finally(() => {
      person.telling = null;
      if (person.sockets === 0 && !person.told) people.delete(userId);
    });
  }

  async function tell(userId: string, person: Presentee): Promise<void> {
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
    idle,
    async close() {
      closed = true;
      for (const end of pauses) end();
      await idle();
    },
  };
}
