import { contentLength, limits, SipError } from "../message/index.ts";

/** What a stream brings: whole messages, and the keep-alive of RFC 5626 4.4.1 that wants a pong. */
export type Frame = { readonly kind: "message"; readonly bytes: Buffer } | { readonly kind: "ping" };

const headEnd = Buffer.from("\r\n\r\n");

/** Cuts a stream into messages by Content-Length (RFC 3261 18.3). Work grows with the octets, however they are cut. */
export function createFramer() {
  let buffer = Buffer.alloc(4_096);
  /** What is not read yet stands from `start` to `end`. */
  let start = 0;
  let end = 0;
  /** Octets behind `start` in which the end of the head is not. */
  let searched = 0;
  /** Octets of the message that is being read, once its head is there. */
  let whole: number | undefined;

  function push(chunk: Uint8Array): void {
    const held = end - start;
    if (held + chunk.length > buffer.length) {
      const larger = Buffer.alloc(Math.max(buffer.length * 2, held + chunk.length));
      buffer.copy(larger, 0, start, end);
      buffer = larger;
    } else if (start > 0) buffer.copyWithin(0, start, end);
    start = 0;
    buffer.set(chunk, held);
    end = held + chunk.length;
  }

  function take(octets: number): Buffer {
    const taken = buffer.subarray(start, start + octets);
    start += octets;
    searched = 0;
    whole = undefined;
    return taken;
  }

  function next(): Frame | undefined {
    if (whole === undefined) {
      const blank = lineEnds();
      if (blank === 4) {
        take(4);
        return { kind: "ping" };
      }
      // Two or three octets may yet become a ping.
      if (blank > 0 && end - start > 3) take(blank);
      whole = measure();
    }
    if (whole === undefined || end - start < whole) return undefined;
    return { kind: "message", bytes: Buffer.from(take(whole)) };
  }

  /** The message's length, once its head is whole. */
  function measure(): number | undefined {
    const held = buffer.subarray(start, end);
    const at = held.indexOf(headEnd, searched);
    if ((at < 0 ? held.length : at) > limits.head) throw new SipError("head too large", 513);
    searched = Math.max(0, held.length - 3);
    if (at < 0) return undefined;
    const length = at + headEnd.length + contentLength(held.subarray(0, at));
    if (length > limits.message) throw new SipError("message too large", 513);
    return length;
  }

  /** Octets of line ends in front, four at most. */
  function lineEnds(): number {
    let count = 0;
    while (count < 4 && start + count + 1 < end && buffer.readUInt16BE(start + count) === 0x0d0a) count += 2;
    return count;
  }

  return {
    /** @throws SipError when the stream cannot be cut any more: it has to be closed */
    *frames(chunk: Uint8Array): Generator<Frame> {
      push(chunk);
      for (let frame = next(); frame; frame = next()) yield frame;
    },
    /** Whether a message has begun that is not whole. */
    get partial(): boolean {
      return end - start > 3;
    },
  };
}
