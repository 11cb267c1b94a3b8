import type { Pdu } from "smpp";

export interface Receipt {
  readonly id: string;
  /** Whether it arrived; `null`: it is still on its way. */
  readonly arrived: boolean | null;
  /** The SMSC's word and error, for the curious. */
  readonly detail: string;
}

/** Values of `message_state`. Source: SMPP 3.4, 5.2.28. */
const STATES = ["", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"];
const ON_ITS_WAY: ReadonlySet<string> = new Set(["ENROUTE", "ACCEPTD", "UNKNOWN", ""]);

/** Bits 2 to 5 of `esm_class`: the message is a receipt of the SMSC's. */
export const isReceipt = (pdu: Pdu): boolean => (Number(pdu["esm_class"]) & 0x3c) === 0x04;

/** Of the TLVs where they are, else of the text, whose form is each vendor's own; `null`: of neither. */
export function receiptOf(pdu: Pdu, text: string): Receipt | null {
  const told = (name: string): string => new RegExp(`\\b${name}:\\s*(\\S+)`, "i").exec(head(text))?.[1] ?? "";
  const tlv = pdu["receipted_message_id"];
  const id = typeof tlv === "string" && tlv !== "" ? tlv : told("id");
  if (id === "") return null;
  const number = pdu["message_state"];
  const word = (typeof number === "number" ? (STATES[number] ?? "") : told("stat")).toUpperCase().slice(0, 7);
  return {
    id,
    arrived: word === "DELIVRD" ? true : ON_ITS_WAY.has(word) ? null : false,
    detail: [word, told("err")].filter(Boolean).join(" "),
  };
}

/** What follows `text:` is the customer's message, which may hold anything. */
const head = (text: string): string => text.split(/\btext:/i)[0] ?? "";
