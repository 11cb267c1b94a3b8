import { allOf, firstOf, type Headers } from "./headers.ts";

/** Local parts that no person reads. */
const NOBODY = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+.-].*)?$/i;

/** Ours: which installation has written a mail, so that it knows its own when they come back. */
export const LOOP_HEADER = "x-tongdai-loop";

export interface Automatic {
  readonly headers: Headers;
  readonly contentType: string;
  /** Address of the sender, lower case; empty: none was given. */
  readonly from: string;
  /** Addresses that this gateway reads, lower case. */
  readonly own: readonly string[];
}

/**
 * Why a mail was written by a machine, or `null`: a person wrote it. It is kept and shown, never answered by a machine, and
 * opens nothing again. Sources: RFC 3834, 2 and 5; RFC 2369; RFC 2919; Microsoft, [MS-OXCMAIL] 2.2.3.2.14.
 */
export function automaticBecause(mail: Automatic): string | null {
  const { headers, from } = mail;
  const auto = firstOf(headers, "auto-submitted").toLowerCase();
  if (auto !== "" && auto.split(/[;\s(]/)[0] !== "no") return "auto-submitted";
  if (/^multipart\/report\b/i.test(mail.contentType)) return "report";
  if (allOf(headers, "return-path").some((path) => path.replaceAll(/\s/g, "") === "<>")) return "return-path";
  if (/\b(?:bulk|list|junk|auto_reply)\b/i.test(firstOf(headers, "precedence"))) return "precedence";
  for (const name of ["list-id", "list-unsubscribe", "list-post"])
    if (allOf(headers, name).length > 0) return name;
  if (/\b(?:all|oof|autoreply|dr|rn|nrn)\b/i.test(firstOf(headers, "x-auto-response-suppress")))
    return "x-auto-response-suppress";
  for (const name of ["x-autoreply", "x-autorespond", "x-auto-generated", "x-failed-recipients", LOOP_HEADER])
    if (allOf(headers, name).length > 0) return name;
  if (allOf(headers, "x-loop").some((loop) => mail.own.includes(loop.trim().toLowerCase()))) return "x-loop";
  if (mail.own.includes(from)) return "own address";
  return NOBODY.test(from.split("@")[0] ?? "") ? "nobody's address" : null;
}
