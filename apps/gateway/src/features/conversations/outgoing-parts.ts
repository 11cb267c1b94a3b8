import { z } from "zod";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import type { MessageChangeRow, MessageRow } from "../../store/schema.ts";
import { keepAlias } from "./match-echo.ts";

const PARTS = "parts";
const Ids = z.array(z.string());

/** Remembers in what parts a message of ours left: what is told of one of them is told of it. */
export async function keepParts(
  tx: Tx,
  o: { of: MessageRow; partIds: readonly string[]; at: number },
): Promise<void> {
  const value = JSON.stringify(o.partIds);
  for (const externalId of o.partIds) {
    await keepAlias(tx, { of: o.of, externalId, at: o.at });
    await keepChange(tx, {
      account_id: o.of.account_id,
      external_id: externalId,
      kind: PARTS,
      rank: 0,
      value,
      kept_at: o.at,
    });
  }
}

/**
 * What is kept of one part, as it is for the whole message: it has arrived when all parts have, and has not when one of them
 * is lost. What is no part is returned as it is.
 */
export async function wholeOf(
  tx: Tx,
  kept: readonly MessageChangeRow[],
): Promise<readonly MessageChangeRow[]> {
  const parts = kept.find((k) => k.kind === PARTS);
  if (!parts) return kept;
  const all = [];
  for (const externalId of fromJson(Ids, parts.value ?? "[]"))
    all.push(await changesOf(tx, parts.account_id, externalId));
  const arrived = all.map((part) => part.find((k) => k.kind === "delivered" || k.kind === "read"));
  const lost = all.flatMap((part, i) => (arrived[i] ? [] : part.filter((k) => k.kind === "undelivered")));
  const outcome = lost[0] ?? (arrived.every((k) => k !== undefined) ? arrived.at(-1) : undefined);
  return [...kept.filter((k) => !OF_A_PART.has(k.kind)), ...(outcome ? [outcome] : [])];
}

const OF_A_PART: ReadonlySet<string> = new Set(["delivered", "read", "undelivered"]);
