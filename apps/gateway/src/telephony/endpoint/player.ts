import { readFileSync } from "node:fs";
import { type Described, Order } from "./orders.ts";
import { createPeer, type Peer } from "./peer.ts";
import { tune } from "./sound.ts";
import { createTicker } from "./ticker.ts";
import { readWav } from "./wav.ts";

/**
 * A process of its own that plays music to callers: what WebRTC computes does not keep the gateway from its work, and what goes wrong
 * here takes nobody along. Ends with the gateway. Arguments: a WAV file, or "" for our own tune; the address that callers reach, or "".
 */
const [, , file = "", address = ""] = process.argv;
const music = file === "" ? tune() : readWav(readFileSync(file));
const ticker = createTicker(
  () => performance.now(),
  (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
);
const peers = new Map<string, Peer>();

const tell = (described: Described): void => void process.send?.(described);

async function begin(id: string, describe: (peer: Peer) => Promise<string>): Promise<void> {
  const peer = createPeer({ ticker, sound: music, address });
  peers.set(id, peer);
  try {
    tell({ id, sdp: await describe(peer) });
  } catch (error) {
    await close(id);
    tell({ id, failed: String(error) });
  }
}

function serve(order: Order): Promise<unknown> | undefined {
  switch (order.do) {
    case "answer":
      return begin(order.id, (peer) => peer.answer(order.offer));
    case "offer":
      return begin(order.id, (peer) => peer.offer());
    case "accept":
      // What cannot be read makes no sound, and no noise.
      return peers
        .get(order.id)
        ?.accept(order.answer)
        .catch(() => close(order.id));
    case "close":
      return close(order.id);
  }
}

async function close(id: string): Promise<void> {
  const peer = peers.get(id);
  peers.delete(id);
  await peer?.close();
}

process.on("message", (message) => void serve(Order.parse(message)));
process.on("disconnect", () => process.exit());
