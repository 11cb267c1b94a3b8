import { asList, asObject, asText, type Json, parseJson, plain } from "../kit/json.ts";
import type { PhoneText, Sim } from "./sim.ts";

/** What outlives a stop: the phones with their texts, who wants no more, and every id that is used up. */
export const save = (sim: Sim): Json =>
  plain({
    given: sim.given,
    requestIds: [...sim.requestIds],
    phones: [...sim.phones.values()].map(({ number, texts, stopped }) => ({
      number,
      texts,
      stopped: [...stopped],
    })),
  });

/** Brings back what `save` wrote. Throws for what is no such thing. */
export function restore(sim: Sim, text: string): void {
  const saved = parseJson(text);
  if (saved === undefined) throw new Error("no JSON");
  const { given, requestIds, phones } = asObject(saved);
  sim.given = Number(given ?? 0);
  for (const [ours, theirs] of asList(requestIds).map(asList))
    sim.requestIds.set(asText(ours) ?? "", asText(theirs) ?? "");
  for (const one of asList(phones).map(asObject)) {
    const number = asText(one["number"]) ?? "";
    // Our own file: its shape is that of the phones.
    const texts = [...asList(one["texts"])] as unknown as PhoneText[];
    sim.phones.set(number, {
      number,
      texts,
      stopped: new Set(asList(one["stopped"]).map((sender) => asText(sender) ?? "")),
    });
  }
}
