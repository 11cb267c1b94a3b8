import { createSocket } from "node:dgram";
import type { Clock } from "@tongdai/shared";
import { z } from "zod";
import { decode, encode, type Value } from "./bencode.ts";

/** What rtpengine answers. `sdp` is that of offer and answer. */
const Answer = z.object({
  result: z.string(),
  "error-reason": z.string().optional(),
  sdp: z.string().optional(),
});
export type Answer = z.infer<typeof Answer>;

/** It was asked and refused, or did not answer. */
export class RtpengineError extends Error {
  override readonly name = "RtpengineError";
}

/** Milliseconds after which a question is sent again, and in the end given up: 1.4 s in all. */
const waits = [200, 400, 800] as const;

/**
 * Asks rtpengine by its ng protocol: `<cookie> <bencoded dictionary>` in one datagram, answered under the same cookie. What is asked
 * twice under one cookie is done once, and answered from its memory.
 */
export function openNg(o: { clock: Clock; host: string; port: number; randomId: () => string }) {
  const socket = createSocket(o.host.includes(":") ? "udp6" : "udp4");
  const asked = new Map<string, (answer: Answer | RtpengineError) => void>();

  socket.on("message", (octets) => {
    const space = octets.indexOf(" ");
    const waiting = asked.get(octets.toString("latin1", 0, Math.max(0, space)));
    if (!waiting) return;
    try {
      waiting(Answer.parse(decode(octets.subarray(space + 1))));
    } catch (error) {
      waiting(new RtpengineError("its answer cannot be read", { cause: error }));
    }
  });
  // A port where nobody listens answers by ICMP. The question is asked again all the same.
  socket.on("error", () => {});

  /** @throws RtpengineError when it refuses, or has not answered after 1.4 s */
  async function ask(command: string, more: { readonly [key: string]: Value | undefined }): Promise<Answer> {
    const cookie = o.randomId();
    const octets = Buffer.from(`${cookie} ${encode({ command, ...more })}`);
    const answer = await new Promise<Answer | RtpengineError>((resolve) => {
      let undo = (): void => {};
      const settle = (result: Answer | RtpengineError): void => {
        undo();
        asked.delete(cookie);
        resolve(result);
      };
      asked.set(cookie, settle);
      const send = (round: number): void => {
        const wait = waits[round];
        if (wait === undefined) {
          settle(new RtpengineError("it does not answer"));
          return;
        }
        socket.send(octets, o.port, o.host, () => {});
        undo = o.clock.after(wait, () => send(round + 1));
      };
      send(0);
    });
    if (answer instanceof RtpengineError) throw answer;
    if (answer.result === "error") throw new RtpengineError(answer["error-reason"] ?? "it refuses");
    return answer;
  }

  return {
    ask,
    close(): void {
      for (const settle of asked.values()) settle(new RtpengineError("closed"));
      socket.close();
    },
  };
}
