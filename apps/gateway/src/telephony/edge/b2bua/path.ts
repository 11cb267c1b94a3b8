import type { Caller } from "../policy/index.ts";
import type { Line } from "./line.ts";

/** What stands between two parties' media where they cannot or shall not reach each other, such as rtpengine. */
export interface MediaRelay {
  /** Whether it answered when it was asked last. */
  readonly up: boolean;
  /** @returns what the reader gets in the description's place. Rejects when it cannot be had. */
  carry(description: {
    /** Names the two parties' talk. */
    readonly talk: string;
    readonly step: "offer" | "answer";
    readonly from: string;
    readonly to: string;
    /** A browser, or a trunk or telephone. */
    readonly reader: "webrtc" | "plain";
    readonly sdp: string;
  }): Promise<string>;
  release(talk: string): void;
}

/** A description on its way from one party to the other. */
export interface Carried {
  readonly step: "offer" | "answer";
  readonly from: Line;
  readonly to: Line;
  readonly body: Uint8Array;
}

export interface MediaPath {
  /** @param done gets what the reader is sent; undefined: there is no road. At once where the media go directly. */
  carry(description: Carried, done: (body: Uint8Array | undefined) => void): void;
  /** The party has left. */
  left(line: Line): void;
  close(): void;
}

const isBrowser = ({ session }: Line): boolean => /^WSS?$/.test(session.flow.transport);
const speech = (line: Line) => (isBrowser(line) ? "webrtc" : "plain");

/**
 * Whether a caller's media go through the relay, whoever takes his call: a trunk speaks no WebRTC, and nobody from outside learns our
 * people's addresses.
 */
export const isOutside = ({ kind }: Caller): boolean => kind !== "agent";

/** The road of one call's media: through the relay when there is one and somebody from outside takes part, else directly. */
export function createPath(o: {
  call: string;
  caller: Caller;
  relay: MediaRelay | undefined;
  report: (error: unknown) => void;
  /** Who talks already. */
  ends: readonly Line[];
}): MediaPath {
  const { relay } = o;
  /** Those of this call, with their parties. */
  const talks = new Map<string, readonly Line[]>();

  const goesThrough = (one: Line, other: Line): boolean =>
    isOutside(o.caller) || !isBrowser(one) || !isBrowser(other);

  /** Every two parties have one of their own, so that nobody's connection is pointed at one that was another's. */
  function talkOf(one: Line, other: Line): string {
    const talk = [o.call, ...[one.id, other.id].sort()].join(":");
    talks.set(talk, [one, other]);
    return talk;
  }

  function release(talk: string): void {
    relay?.release(talk);
    talks.delete(talk);
  }

  async function through(by: MediaRelay, { step, from, to, body }: Carried): Promise<Uint8Array | undefined> {
    const sdp = Buffer.from(body).toString("utf8");
    const way = { talk: talkOf(from, to), step, from: from.id, to: to.id, reader: speech(to), sdp } as const;
    try {
      return Buffer.from(await by.carry(way));
    } catch (error) {
      o.report(error);
      return undefined;
    }
  }

  const [one, other] = o.ends;
  if (relay && one && other && goesThrough(one, other)) talkOf(one, other);

  return {
    carry(description, done) {
      const { from, to, body } = description;
      if (relay && goesThrough(from, to)) through(relay, description).then(done).catch(o.report);
      else done(body);
    },
    left(line) {
      for (const [talk, parties] of talks) if (parties.includes(line)) release(talk);
    },
    close() {
      for (const talk of talks.keys()) release(talk);
    },
  };
}
