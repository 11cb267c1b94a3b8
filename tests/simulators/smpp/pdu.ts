/** PDUs of SMPP 3.4 made and read by hand. Source: SMPP Protocol Specification 3.4, chapters 3 to 5. */
export const COMMAND = {
  bind_receiver: 0x01,
  bind_transmitter: 0x02,
  submit_sm: 0x04,
  deliver_sm: 0x05,
  unbind: 0x06,
  enquire_link: 0x15,
} as const;
export const RESPONSE = 0x8000_0000;

export interface Frame {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

const HEADER = 16;

export function encode({ command, status, sequence, body }: Frame): Buffer {
  const frame = Buffer.alloc(HEADER + body.length);
  for (const [i, value] of [frame.length, command >>> 0, status, sequence].entries())
    frame.writeUInt32BE(value, i * 4);
  body.copy(frame, HEADER);
  return frame;
}

/** The whole frames at the beginning of what has come, and the rest. */
export function decode(data: Buffer): { readonly frames: Frame[]; readonly rest: Buffer } {
  const frames: Frame[] = [];
  let at = 0;
  while (data.length - at >= HEADER && data.length - at >= data.readUInt32BE(at)) {
    const end = at + data.readUInt32BE(at);
    frames.push({
      command: data.readUInt32BE(at + 4),
      status: data.readUInt32BE(at + 8),
      sequence: data.readUInt32BE(at + 12),
      body: data.subarray(at + HEADER, end),
    });
    at = end;
  }
  return { frames, rest: data.subarray(at) };
}

export const cstring = (text: string): Buffer => Buffer.from(`${text}\0`, "latin1");

export interface Message {
  readonly from: string;
  readonly to: string;
  readonly esmClass: number;
  readonly registered: number;
  readonly coding: number;
  readonly octets: Buffer;
}

/** The fields that submit_sm and deliver_sm have in common. */
export function readMessage(body: Buffer): Message {
  let at = 0;
  const text = (): string => {
    const end = body.indexOf(0, at);
    const value = body.toString("latin1", at, end);
    at = end + 1;
    return value;
  };
  const byte = (): number => body[at++] ?? 0;
  text();
  at += 2;
  const from = text();
  at += 2;
  const to = text();
  const esmClass = byte();
  at += 2;
  text();
  text();
  const registered = byte();
  byte();
  const coding = byte();
  byte();
  const length = byte();
  return { from, to, esmClass, registered, coding, octets: body.subarray(at, at + length) };
}

export function writeMessage({ from, to, esmClass, registered, coding, octets }: Message): Buffer {
  const international = Buffer.from([1, 1]);
  return Buffer.concat([
    cstring(""),
    international,
    cstring(from),
    international,
    cstring(to),
    Buffer.from([esmClass, 0, 0]),
    cstring(""),
    cstring(""),
    Buffer.from([registered, 0, coding, 0, octets.length]),
    octets,
  ]);
}

const UDH = 0x40;

/** The header of a linked part, and what follows it. */
export function splitHeader({ esmClass, octets }: Message): {
  readonly header: Buffer | null;
  readonly text: Buffer;
} {
  if ((esmClass & UDH) === 0) return { header: null, text: octets };
  const length = (octets[0] ?? 0) + 1;
  return { header: octets.subarray(0, length), text: octets.subarray(length) };
}

/** Signs that the default alphabet has elsewhere than ASCII. Source: 3GPP TS 23.038. */
const MOVED: Readonly<Record<number, string>> = { 0: "@", 2: "$", 5: "é", 17: "_", 127: "à" };
const ESCAPED: Readonly<Record<number, string>> = { 60: "[", 62: "]", 101: "€" };

export function readText(coding: number, octets: Buffer): string {
  if (coding === 8) return Buffer.from(octets).swap16().toString("utf16le");
  let text = "";
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i] ?? 0;
    if (octet === 0x1b) text += ESCAPED[octets[++i] ?? 0] ?? "?";
    else text += MOVED[octet] ?? String.fromCharCode(octet);
  }
  return text;
}

export const writeText = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
