import { randomUUID } from "node:crypto";
import type { Clock } from "@tongdai/shared";
import { z } from "zod";
import type { Link, SourcePlace } from "../channel.ts";
import { digest, VendorId } from "../kit/values.ts";

/** An SMSC that missed our answer repeats within minutes, and what it could not bring to anybody soon after we are back. */
const WITHIN_MS = 10 * 60_000;
const SOURCE = "unanswered";

const Unanswered = z.array(z.object({ what: z.string(), key: VendorId }));

type Keep = (o: { key: string; place: SourcePlace }) => Promise<void>;

export interface Repeats {
  /** Has one thing kept after the other. @returns what to do when the SMSC has our answer. Rejects as `keep` does */
  begin(told: object, keep: Keep): Promise<() => void>;
  /** Writes down what is known to be answered, if anything. */
  forget(): Promise<void>;
}

/**
 * The key of what an SMSC delivers, which gives no id to it: the same words again are another message of the customer's, but
 * the same words while we have not answered yet, or after we could not, are the same one. What is not known to be answered is
 * kept in the same commit as the message, so that a process that dies over it leaves the key to the next one.
 */
export function repeats(clock: Clock, link: Pick<Link, "place" | "move">): Repeats {
  let before: Promise<unknown> = Promise.resolve();
  /** `undefined`: not known, or no longer. */
  let kept: string | null | undefined;
  const answered = new Set<string>();
  const began = clock.elapsed();
  /** When it was first told by this line; what another line left counts from the beginning of this one. */
  const since = new Map<string, number>();

  const isOpen = ({ key }: { key: string }): boolean =>
    !answered.has(key) && clock.elapsed() - (since.get(key) ?? began) < WITHIN_MS;

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = before.then(act);
    before = mine.catch(() => undefined);
    return mine;
  };

  const open = async (): Promise<z.infer<typeof Unanswered>> => {
    kept = kept === undefined ? await link.place(SOURCE) : kept;
    return Unanswered.parse(JSON.parse(kept ?? "[]")).filter(isOpen);
  };

  const write = async (next: z.infer<typeof Unanswered>, act: (place: SourcePlace) => Promise<void>) => {
    const to = JSON.stringify(next);
    const from = kept ?? null;
    kept = undefined;
    await act({ source: SOURCE, from, to });
    kept = to;
    for (const known of [answered, since])
      for (const key of known.keys()) if (!next.some((one) => one.key === key)) known.delete(key);
  };

  return {
    begin: (told, keep) =>
      inTurn(async () => {
        const others = await open();
        const what = digest(told);
        const known = others.find((one) => one.what === what);
        const one = known ?? { what, key: randomUUID() };
        if (!known) since.set(one.key, clock.elapsed());
        await write(known ? others : [...others, one], (place) => keep({ key: one.key, place }));
        return () => answered.add(one.key);
      }),
    forget: () =>
      inTurn(async () => {
        if (answered.size > 0) await write(await open(), (place) => link.move(place));
      }),
  };
}
