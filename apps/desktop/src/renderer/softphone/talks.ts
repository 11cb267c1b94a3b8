import type { Talk, TalkEnd } from "../state/talk.ts";
import { PhoneError, type PhoneEvent, type PhoneWork } from "./softphone.ts";

export type Emit = (event: PhoneEvent) => void;

/** Who hears of a phone's events. One that throws does not keep others from hearing. */
export function createListeners(report: (error: unknown) => void) {
  const listeners = new Set<Emit>();
  return {
    emit(event: PhoneEvent): void {
      for (const listener of listeners)
        try {
          listener(event);
        } catch (error) {
          report(error);
        }
    },
    subscribe(listener: Emit): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The talks of one phone that are not over, each with what its phone needs for it. */
export function createTalks<Line>(emit: Emit) {
  const kept = new Map<string, { talk: Talk; readonly line: Line }>();

  function tell(talk: Talk): void {
    emit({ kind: "talk", talk });
  }

  return {
    get size() {
      return kept.size;
    },
    add(talk: Talk, line: Line): void {
      kept.set(talk.id, { talk, line });
      tell(talk);
    },
    /** @throws PhoneError when it is not there, or in none of the phases */
    need(id: string, ...phases: Talk["phase"][]): { readonly talk: Talk; readonly line: Line } {
      const found = kept.get(id);
      if (!found) throw new PhoneError("no_such_talk");
      if (phases.length > 0 && !phases.includes(found.talk.phase)) throw new PhoneError("wrong_phase");
      return found;
    },
    find: (id: string): Talk | undefined => kept.get(id)?.talk,
    all: (): { readonly talk: Talk; readonly line: Line }[] => [...kept.values()],
    idOf: (isIt: (line: Line) => boolean): string | null =>
      [...kept.entries()].find(([, { line }]) => isIt(line))?.[0] ?? null,
    /** Of a talk that is over nothing is told any more. */
    change(id: string, change: Partial<Talk>): void {
      const found = kept.get(id);
      if (!found) return;
      const isSame = Object.entries(change).every(([key, value]) => found.talk[key as keyof Talk] === value);
      if (isSame) return;
      found.talk = { ...found.talk, ...change };
      tell(found.talk);
    },
    end(id: string, cause: TalkEnd): void {
      const found = kept.get(id);
      if (!found) return;
      kept.delete(id);
      tell({ ...found.talk, phase: "ended", media: "none", isMoving: false, cause });
    },
  };
}

/** One that we begin. */
export const newDialling = (id: string, to: string, work?: PhoneWork): Talk =>
  newTalk({ id, direction: "out", peer: to, phase: "dialling", ...work });

export const newTalk = (talk: Pick<Talk, "id" | "direction" | "peer" | "phase"> & Partial<Talk>): Talk => ({
  interactionId: null,
  onHold: false,
  heldByPeer: false,
  muted: false,
  media: "none",
  talkingSince: null,
  replaces: null,
  isMoving: false,
  cause: null,
  ...talk,
});
