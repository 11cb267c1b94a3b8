import { createHash } from "node:crypto";
import { alphabetOf, splitSms } from "@tongdai/shared";
import type { SmppConfig } from "./config.ts";
import { digitsOf } from "./number.ts";
import type { OutgoingSms } from "./provider.ts";

/** TON and NPI of an address. Source: SMPP 3.4, 5.2.5 and 5.2.6. */
const INTERNATIONAL = { ton: 1, npi: 1 } as const;
const ALPHANUMERIC = { ton: 5, npi: 0 } as const;
const SHORT_CODE = { ton: 3, npi: 0 } as const;

const kindOf = (sender: string) => {
  if (/[A-Za-z]/.test(sender)) return ALPHANUMERIC;
  return sender.startsWith("+") ? INTERNATIONAL : SHORT_CODE;
};

/** The SMSC's own alphabet, which is GSM 03.38; the package would say 1, which many read as ASCII. */
const GSM7 = 0x00;
const UCS2 = 0x08;
const FINAL_RECEIPT = 1;

/** The fields of each submit_sm that a text needs. A long one goes as linked parts, or whole in `message_payload`. */
export function submitsOf(
  config: Pick<SmppConfig, "sender" | "longTexts">,
  { id, to, text }: OutgoingSms,
): Record<string, unknown>[] {
  const from = kindOf(config.sender);
  const common = {
    source_addr_ton: from.ton,
    source_addr_npi: from.npi,
    source_addr: digitsOf(config.sender),
    dest_addr_ton: INTERNATIONAL.ton,
    dest_addr_npi: INTERNATIONAL.npi,
    destination_addr: digitsOf(to),
    data_coding: alphabetOf(text) === "gsm7" ? GSM7 : UCS2,
    registered_delivery: FINAL_RECEIPT,
  };
  const parts = splitSms(text);
  if (parts.length === 1) return [{ ...common, short_message: { message: text } }];
  if (config.longTexts === "payload") return [{ ...common, message_payload: { message: text } }];
  const reference = createHash("sha256").update(id).digest()[0] ?? 0;
  return parts.map((message, i) => ({
    ...common,
    short_message: { udh: linked(reference, parts.length, i + 1), message },
  }));
}

/** A concatenation header with an eight-bit reference. Source: 3GPP TS 23.040, 9.2.3.24.1. */
const linked = (reference: number, total: number, part: number): Buffer =>
  Buffer.from([5, 0x00, 3, reference, total, part]);
