import { mailHtml } from "@tongdai/shared";
import type { Channel } from "../../channels/channel.ts";
import type { Tx } from "../../store/index.ts";
import { signatureOf } from "../../store/signatures.ts";

interface Signs {
  /** Whoever of them has a signature signs, the first before the others. */
  readonly ownerIds: readonly string[];
  readonly cleanHtml: Channel["cleanHtml"];
}

/** Programs know what follows two dashes and a space as a signature. Source: RFC 3676, 4.3. */
const DELIMITER = "-- \n";

/** What stands between the words of a letter and what it quotes; `null`: nobody of them has a signature. */
export async function signatureFor(
  tx: Tx,
  { ownerIds, cleanHtml }: Signs,
): Promise<{ readonly html: string; readonly text: string } | null> {
  for (const ownerId of ownerIds) {
    const found = await signatureOf(tx, ownerId);
    if (!found) continue;
    const html = cleanHtml?.(mailHtml(found.html)) ?? "";
    return { html: `<div style="margin:16px 0 0">${html}</div>`, text: `${DELIMITER}${found.text}` };
  }
  return null;
}
