import { isUtf8 } from "node:buffer";
import type { Pdu } from "smpp";
import { z } from "zod";
import type { SmppConfig } from "./config.ts";
import { isReceipt, receiptOf } from "./smpp-receipt.ts";

const Message = z.object({ message: z.unknown(), udh: z.array(z.instanceof(Buffer)).optional() });

interface Part {
  readonly reference: number;
  readonly total: number;
  readonly number: number;
}

/** What a deliver_sm tells, as it is kept and parsed; `null`: nothing that we can read. */
export type Told =
  | {
      readonly kind: "receipt";
      readonly from: string;
      readonly ids: readonly string[];
      readonly arrived: boolean | null;
      readonly detail: string;
    }
  | { readonly kind: "message"; readonly from: string; readonly text: string; readonly part: Part | null };

export function readDeliver(pdu: Pdu, ids: SmppConfig["receiptIds"]): Told | null {
  const { message, udh } = bodyOf(pdu);
  const { source_addr } = pdu;
  const from = typeof source_addr === "string" ? source_addr : "";
  if (isReceipt(pdu)) {
    const receipt = receiptOf(pdu, Buffer.isBuffer(message) ? message.toString("latin1") : textOf(message));
    if (receipt === null) return null;
    const { id, arrived, detail } = receipt;
    return { kind: "receipt", from, ids: idsOf(id, ids), arrived, detail };
  }
  if (from === "") return null;
  // Of a part the end may be half a sign, whose other half is in the next one.
  const text = textOf(message).replaceAll("\u0000", "");
  return { kind: "message", from, text, part: partIn(udh) ?? partInTlvs(pdu) };
}

/** In a coding that the package does not read: UTF-8 goes by many names, and the rest cannot be shown. */
function textOf(message: unknown): string {
  if (typeof message === "string") return message;
  if (!Buffer.isBuffer(message) || !isUtf8(message)) return "";
  const text = message.toString("utf8");
  return /[^\P{Cc}\s]/u.test(text) ? "" : text;
}

function bodyOf(pdu: Pdu): { message: unknown; udh: readonly Buffer[] } {
  const short = Message.safeParse(pdu["short_message"]).data;
  const payload = Message.safeParse(pdu["message_payload"]).data;
  const body = short?.message === "" || short === undefined ? (payload ?? short) : short;
  return { message: body?.message, udh: short?.udh ?? payload?.udh ?? [] };
}

/** The ids that a receipt may mean: as it says, or the same number as the answer to the sending wrote it. */
function idsOf(id: string, ids: SmppConfig["receiptIds"]): string[] {
  if (ids === "same") return [id];
  const asDecimal = /^\d{1,20}$/.test(id) ? BigInt(id).toString(16) : null;
  const asHex = /^[0-9a-f]{1,16}$/i.test(id) ? BigInt(`0x${id}`).toString() : null;
  const hexes = asDecimal === null ? [] : [asDecimal, asDecimal.toUpperCase()];
  const padded = hexes.map((hex) => hex.padStart(8, "0"));
  return [...new Set([id, ...hexes, ...padded, ...(asHex === null ? [] : [asHex, asHex.padStart(10, "0")])])];
}

const part = (reference: number, total = 0, number = 0): Part | null =>
  total > 1 && number >= 1 && number <= total ? { reference, total, number } : null;

/** Concatenation with an eight- or a sixteen-bit reference. Source: 3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8. */
function partIn(udh: readonly Buffer[]): Part | null {
  for (const [kind, length, ...rest] of udh) {
    if (kind === 0x00 && length === 3) return part(rest[0] ?? 0, rest[1], rest[2]);
    if (kind === 0x08 && length === 4) return part((rest[0] ?? 0) * 256 + (rest[1] ?? 0), rest[2], rest[3]);
  }
  return null;
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

const partInTlvs = (pdu: Pdu): Part | null =>
  part(number(pdu["sar_msg_ref_num"]), number(pdu["sar_total_segments"]), number(pdu["sar_segment_seqnum"]));
