import type { JournalEvent } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Entry } from "../../store/index.ts";
import { type Lines, openLines } from "./lines.ts";
import { readLines } from "./read-lines.ts";

export interface LineWatch {
  /** Reads where the lines stand; from then on the journal keeps that up. */
  start(): Promise<void>;
  readonly expectedWait: Ctx["expectedWait"];
  close(): void;
}

/** Keeps in memory what a wait depends on. */
export function watchLines(ctx: () => Ctx): LineWatch {
  let lines: Lines | null = null;
  /** What happened while the lines were being read. */
  const meanwhile: JournalEvent[] = [];
  const undoFollow = ctx().store.follow((entries) => {
    for (const entry of entries) {
      if (!concernsLines(entry)) continue;
      // The journal holds what our own features put there, typed by `Tx.journal`.
      if (lines) lines.apply(entry as JournalEvent);
      else meanwhile.push(entry as JournalEvent);
    }
  });
  return {
    async start() {
      const read = openLines(await readLines(ctx()));
      for (const event of meanwhile.splice(0)) read.apply(event);
      lines = read;
    },
    expectedWait(queueId, position) {
      const now = ctx().clock.now();
      return lines?.expectedWait(queueId, position === undefined ? { now } : { now, position }) ?? null;
    },
    close: undoFollow,
  };
}

const concernsLines = ({ name }: Entry): boolean =>
  name.startsWith("interaction.") ||
  name === "agent.changed" ||
  name === "queue.saved" ||
  name === "queue_opening.changed" ||
  name === "capacity.saved";
