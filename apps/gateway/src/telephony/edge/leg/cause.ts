import { type Header, headerValues, quote, type ReceivedRequest } from "../message/index.ts";

/** Why a leg went down, in the words of both worlds. */
export interface Cause {
  /** A status of SIP; 200 for a call that was hung up as calls are. */
  readonly sip: number;
  /** ITU-T Q.850. */
  readonly q850: number;
  readonly text: string;
  /** Whose doing it was: the party's on that leg, or ours. */
  readonly by: "party" | "edge";
}

interface Row {
  readonly q850: number;
  readonly text: string;
  /** What an INVITE is refused with for it. */
  readonly refuse: number;
  /** The statuses that mean it when a party sends them. */
  readonly means: readonly number[];
}

/**
 * The one table between Q.850 and SIP, after RFC 3398 7.2.4.1 and 8.2.6.1. It differs where a contact centre knows
 * better: 408 and 480 of a phone that rang are "no answer", 603 is a person's own refusal, 487 is a caller who gave up.
 */
const table = {
  unallocated: { q850: 1, text: "unallocated number", refuse: 404, means: [404, 485, 604] },
  normal: { q850: 16, text: "normal clearing", refuse: 480, means: [200, 487] },
  busy: { q850: 17, text: "user busy", refuse: 486, means: [486, 600] },
  "no response": { q850: 18, text: "no user responding", refuse: 408, means: [408] },
  "no answer": { q850: 19, text: "no answer", refuse: 480, means: [480] },
  rejected: { q850: 21, text: "call rejected", refuse: 603, means: [401, 402, 403, 407, 603, 607, 608] },
  moved: { q850: 22, text: "number changed", refuse: 410, means: [301, 302, 410] },
  elsewhere: { q850: 26, text: "answered elsewhere", refuse: 480, means: [] },
  "out of order": { q850: 27, text: "destination out of order", refuse: 502, means: [502] },
  "bad number": { q850: 28, text: "invalid number format", refuse: 484, means: [414, 416, 484] },
  unspecified: { q850: 31, text: "normal, unspecified", refuse: 480, means: [606] },
  congestion: { q850: 34, text: "no circuit available", refuse: 503, means: [503] },
  "no media": { q850: 47, text: "no road for the sound", refuse: 503, means: [] },
  "temporary failure": { q850: 41, text: "temporary failure", refuse: 500, means: [400, 481, 491, 500] },
  barred: { q850: 55, text: "not allowed", refuse: 403, means: [] },
  "no such service": { q850: 79, text: "service not implemented", refuse: 501, means: [405, 415, 420, 501] },
  incompatible: { q850: 88, text: "incompatible destination", refuse: 488, means: [488] },
  "timer expired": { q850: 102, text: "recovery on timer expiry", refuse: 504, means: [504] },
  interworking: { q850: 127, text: "interworking", refuse: 500, means: [413, 421, 422, 505, 513, 580] },
} as const satisfies Record<string, Row>;

export type CauseName = keyof typeof table;

const rows: readonly Row[] = Object.values(table);
const byStatus = new Map(rows.flatMap((row) => row.means.map((status) => [status, row] as const)));
const byNumber = new Map(rows.map((row) => [row.q850, row]));

/** A cause of ours. */
export function ourCause(name: CauseName): Cause {
  const row: Row = table[name];
  return { sip: name === "normal" ? 200 : row.refuse, q850: row.q850, text: row.text, by: "edge" };
}

/** What a refusal of theirs means. @param status 200 (a BYE) or 300 to 699 */
export function causeOfStatus(status: number): Cause {
  const row: Row = byStatus.get(status) ?? table.unspecified;
  return { sip: status, q850: row.q850, text: row.text, by: "party" };
}

/** What a BYE or CANCEL of theirs says of itself by `Reason: Q.850;cause=` (RFC 3326); `usual` when it says nothing. */
export function causeOfReason(request: ReceivedRequest, usual: Cause): Cause {
  const match = headerValues(request, "reason")
    .map((value) => /Q\.850;cause=([0-9]{1,3})/i.exec(value))
    .find((found) => found !== null);
  const row = byNumber.get(Number(match?.[1]));
  return row ? { ...usual, q850: row.q850, text: row.text } : usual;
}

/** The status that refuses an INVITE of theirs: what another party said when it said something, else the table's. */
export const refusalOf = (cause: Cause): number =>
  cause.sip >= 400 && cause.sip !== 401 && cause.sip !== 407 && cause.sip !== 487
    ? cause.sip
    : (byNumber.get(cause.q850)?.refuse ?? 480);

/** `Reason` of a BYE, CANCEL or refusal, in both worlds' numbers. */
export const reasonsOf = ({ sip, q850, text }: Cause): Header[] => [
  { name: "reason", value: `SIP;cause=${sip};text=${quote(text)}` },
  { name: "reason", value: `Q.850;cause=${q850};text=${quote(text)}` },
];
