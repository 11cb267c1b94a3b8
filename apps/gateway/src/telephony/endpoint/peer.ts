import { randomInt } from "node:crypto";
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from "werift";
import { FRAME, SILENCE } from "./sound.ts";
import type { Ticker } from "./ticker.ts";

const ULAW = 0;
const codecs = {
  audio: [
    new RTCRtpCodecParameters({ mimeType: "audio/PCMU", clockRate: 8_000, channels: 1, payloadType: ULAW }),
  ],
};

/** werift wants an address in `a=rtcp`, which RFC 3605 leaves open; with one port for all it says nothing. */
const readable = (sdp: string): string => sdp.replace(/^a=rtcp:.*\r?\n/gm, "");

export interface Peer {
  /** @returns the answer. @throws when the offer has no G.711 µ-law, or is none */
  answer(offer: string): Promise<string>;
  offer(): Promise<string>;
  /** What answers our offer. */
  accept(answer: string): Promise<void>;
  close(): Promise<void>;
}

export interface PeerParts {
  readonly ticker: Ticker;
  /** µ-law. */
  readonly sound: Buffer;
  /** Ours that callers reach; "": every one that this machine has. */
  readonly address: string;
}

/** The other end of one caller's WebRTC: plays a sound to him over and over. */
export function createPeer({ ticker, sound, address }: PeerParts): Peer {
  const at =
    address === "" ? {} : { iceInterfaceAddresses: { udp4: address }, iceAdditionalHostAddresses: [address] };
  const connection = new RTCPeerConnection({ codecs, iceServers: [], iceUseIpv6: false, ...at });
  const track = new MediaStreamTrack({ kind: "audio" });
  connection.addTransceiver(track, { direction: "sendrecv" });
  let stop = (): void => {};

  function play(): void {
    const ssrc = randomInt(2 ** 31);
    let sequenceNumber = randomInt(2 ** 15);
    let timestamp = randomInt(2 ** 30);
    let position = 0;
    stop = ticker.add(() => {
      const payload = Buffer.alloc(FRAME, SILENCE);
      sound.copy(payload, 0, position, position + FRAME);
      position = position + FRAME >= sound.length ? 0 : position + FRAME;
      sequenceNumber = (sequenceNumber + 1) & 0xffff;
      timestamp = (timestamp + FRAME) >>> 0;
      const header = new RtpHeader({ payloadType: ULAW, sequenceNumber, timestamp, ssrc });
      track.writeRtp(new RtpPacket(header, payload));
    });
  }

  /** It names the address of a candidate: 0.0.0.0 is a hold of old (RFC 3264 8.4). */
  function described(): string {
    const sdp = connection.localDescription?.sdp ?? "";
    const [, own = "0.0.0.0", port = "9"] =
      /^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/im.exec(sdp) ?? [];
    return sdp.replace(/^c=IN IP4 .*$/m, `c=IN IP4 ${own}`).replace(/^m=audio 9 /m, `m=audio ${port} `);
  }

  connection.connectionStateChange.subscribe((state) => {
    stop();
    stop = () => {};
    if (state === "connected") play();
  });
  return {
    async answer(sdp) {
      await connection.setRemoteDescription({ type: "offer", sdp: readable(sdp) });
      await connection.setLocalDescription(await connection.createAnswer());
      const answer = described();
      // Refused: nothing that we speak was offered.
      if (/^m=audio 0 /m.test(answer) || !/^m=audio .* 0\b/m.test(answer)) throw new Error("no G.711 µ-law");
      return answer;
    },
    async offer() {
      await connection.setLocalDescription(await connection.createOffer());
      return described();
    },
    accept: (sdp) => connection.setRemoteDescription({ type: "answer", sdp: readable(sdp) }),
    async close() {
      stop();
      await connection.close();
    },
  };
}
