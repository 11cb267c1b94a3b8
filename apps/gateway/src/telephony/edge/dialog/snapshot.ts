import { z } from "zod";
import { parseNameAddr, parseUri } from "../message/index.ts";
import type { Dialog } from "./dialog.ts";

/** More requests than anybody sends between two snapshots: their numbers are skipped after a crash. */
const leap = 1_000;
/** RFC 3261 8.1.1.5. */
const largest = 2_147_483_647;

const cseq = z.int().min(0).max(largest);
const line = z
  .string()
  .max(8_192)
  .regex(/^[^\r\n]*$/);
const address = line.refine(readable(parseNameAddr));

const schema: z.ZodType<Dialog> = z.strictObject({
  state: z.enum(["early", "confirmed"]),
  role: z.enum(["uac", "uas"]),
  callId: line.min(1),
  localTag: line.min(1),
  remoteTag: line,
  local: address,
  remote: address,
  localCSeq: cseq,
  remoteCSeq: z.union([cseq, z.undefined()]),
  target: line.refine(readable(parseUri)),
  routes: z.array(address).max(50),
});

/** A dialog as JSON. */
export const snapshot = (dialog: Dialog): string => JSON.stringify(dialog);

/**
 * A dialog out of its snapshot, ready to go on after a crash: what was sent since the snapshot is not known, so our
 * numbers leap ahead (a peer takes any greater one, RFC 3261 12.2.2). An early dialog has no transaction any more to
 * be answered by, so it is not restored. @throws ZodError when it is not a dialog
 */
export function restore(text: string): Dialog | undefined {
  const raw: unknown = JSON.parse(text);
  const dialog = schema.parse(typeof raw === "object" ? { remoteCSeq: undefined, ...raw } : raw);
  if (dialog.state === "early") return undefined;
  return { ...dialog, localCSeq: Math.min(dialog.localCSeq + leap, largest) };
}

function readable(parse: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      parse(text);
      return true;
    } catch {
      return false;
    }
  };
}
