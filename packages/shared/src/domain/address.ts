import { z } from "zod";
import type { AddressKind } from "../contract/channel-info.ts";
import { readPhoneNumber } from "./phone-number.ts";

const Email = z.email().max(254);

/**
 * An address as somebody types it, in the one form in which it is kept; `null` for what cannot be written to. A telephone
 * number becomes E.164, whatever it was called before 2018; fixed lines and service numbers take no texts.
 */
export function readAddress(kind: AddressKind, typed: string): string | null {
  if (kind === "email") return Email.safeParse(typed.trim().toLowerCase()).data ?? null;
  const number = readPhoneNumber(typed);
  return number && (number.kind === "mobile" || number.kind === "foreign") ? number.e164 : null;
}
