import type { Value } from "./bencode.ts";

/** What a party's media speak: a browser WebRTC, a trunk or a telephone plain RTP. */
export type Speech = "webrtc" | "plain";

type Flags = { readonly [key: string]: Value };

/** The description names rtpengine's address alone, and the address in it is believed: it came by SIP that was let in. */
const common = { replace: ["origin", "session-connection"] } as const;

const webrtc = {
  ...common,
  "transport-protocol": "UDP/TLS/RTP/SAVPF",
  ICE: "force",
  "rtcp-mux": ["offer", "require"],
  SDES: ["off"],
  flags: ["generate-mid", "trust-address"],
} as const;

const plain: Flags = {
  ...common,
  "transport-protocol": "RTP/AVP",
  ICE: "remove",
  "rtcp-mux": ["demux"],
  flags: ["trust-address"],
};

/**
 * How rtpengine is to write a description for its reader. To a browser's offer it must not say that DTLS is passive: rtpengine 10.5 then
 * waits for ever for a handshake.
 */
export function flagsFor(step: "offer" | "answer", reader: Speech): Flags {
  if (reader === "plain") return plain;
  return step === "offer" ? { ...webrtc, DTLS: "passive" } : webrtc;
}

/**
 * Without the sources that the other party named: what rtpengine plays itself has another, which a browser that was told of them would
 * not give to anybody's ear.
 */
export const withoutSources = (sdp: string): string => sdp.replace(/^a=ssrc(?:-group)?:.*\r?\n/gm, "");
