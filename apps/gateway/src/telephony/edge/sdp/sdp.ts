import { type Header, header, type ReceivedRequest, type ReceivedResponse } from "../message/index.ts";

/** A description of media (RFC 8866) that has been looked through. */
export interface Sdp {
  readonly body: Uint8Array;
  /** Whether its sender hears nothing from us: he put us on hold (RFC 3264 8.4), or a zero address of RFC 2543. */
  readonly hold: boolean;
}

export type SdpRefusal = { readonly status: 413 | 415 | 488; readonly headers: readonly Header[] };
export type SdpReading =
  | { readonly kind: "sdp"; readonly sdp: Sdp }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly refusal: SdpRefusal };

/** Octets. A browser's offer of audio with a dozen candidates has some 4,000. */
const largest = 16_384;
const line = /^[a-z]=[^\p{Cc}]*$/u;
const directions = ["sendrecv", "sendonly", "recvonly", "inactive"] as const;

/**
 * Looks an offer or answer through before it goes on: of bounded size, of lines that are lines, one stream of audio and
 * nothing else. What we relay two browsers parse, so that what is strange ends here.
 */
export function readSdp(message: ReceivedRequest | ReceivedResponse): SdpReading {
  const { body } = message;
  if (body.length === 0) return { kind: "none" };
  const type = (header(message, "content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/sdp")
    return refuse({ status: 415, headers: [{ name: "accept", value: "application/sdp" }] });
  if (body.length > largest) return refuse({ status: 413, headers: [] });
  const lines = Buffer.from(body).toString("utf8").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const media = lines.filter((text) => text.startsWith("m="));
  const audio = media.length === 1 && /^m=audio [1-9][0-9]{0,4} [A-Z/]{3,32} /.test(media[0] ?? "");
  if (!audio || lines[0] !== "v=0" || !lines.every((text) => line.test(text)))
    return refuse({
      status: 488,
      headers: [{ name: "warning", value: '304 edge "Media type not available"' }],
    });
  return { kind: "sdp", sdp: { body: Buffer.from(`${lines.join("\r\n")}\r\n`), hold: holds(lines) } };
}

const refuse = (refusal: SdpRefusal): SdpReading => ({ kind: "refused", refusal });

/** A direction of the stream counts before that of the session. */
function holds(lines: readonly string[]): boolean {
  const direction = lines.findLast((text) => directions.some((d) => text === `a=${d}`));
  const silent = direction === "a=sendonly" || direction === "a=inactive";
  return silent || lines.findLast((text) => text.startsWith("c=")) === "c=IN IP4 0.0.0.0";
}
