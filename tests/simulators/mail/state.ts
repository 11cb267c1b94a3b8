import { asList, asObject, asText, type Json, parseJson, plain } from "../kit/json.ts";
import { lettersOf, type Sim } from "./world.ts";

/** What outlives a stop: the letters on both sides, and the numbers by which clients know them. */
export const save = ({ world }: Sim): Json =>
  plain({
    mailboxes: [...world.mailboxes.values()].map(({ address, uidValidity, uidNext, letters }) => ({
      address,
      uidValidity,
      uidNext,
      letters: letters.map(({ uid, at, raw, flags, isFetched }) => ({
        uid,
        at,
        isFetched,
        raw: raw.toString("base64"),
        flags: [...flags],
      })),
    })),
    customers: [...world.customers].map(([address, letters]) => ({
      address,
      letters: letters.map((one) => ({ ...one, raw: one.raw.toString("base64") })),
    })),
  });

const bytes = (value: unknown): Buffer => Buffer.from(asText(value) ?? "", "base64");

/** Brings back what `save` wrote. Throws for what is no such thing. */
export function restore({ world }: Sim, text: string): void {
  const saved = parseJson(text);
  if (saved === undefined) throw new Error("no JSON");
  for (const one of asList(asObject(saved)["mailboxes"]).map(asObject)) {
    const mailbox = world.mailboxes.get(asText(one["address"]) ?? "");
    if (!mailbox) continue;
    mailbox.uidNext = Number(one["uidNext"]);
    // Other numbers would make every client read all of it anew.
    Object.assign(mailbox, { uidValidity: Number(one["uidValidity"]) });
    for (const letter of asList(one["letters"]).map(asObject))
      mailbox.letters.push({
        uid: Number(letter["uid"]),
        at: Number(letter["at"]),
        raw: bytes(letter["raw"]),
        flags: new Set(asList(letter["flags"]).map((flag) => asText(flag) ?? "")),
        isFetched: letter["isFetched"] === true,
      });
  }
  for (const one of asList(asObject(saved)["customers"]).map(asObject))
    for (const letter of asList(one["letters"]).map(asObject))
      lettersOf(world, asText(one["address"]) ?? "").push({
        id: asText(letter["id"]) ?? "",
        mine: letter["mine"] === true,
        mailbox: asText(letter["mailbox"]) ?? "",
        at: Number(letter["at"]),
        raw: bytes(letter["raw"]),
      });
}
