import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** A telephone's sound: G.711 (µ-law) in plain RTP (RFC 3550, 3551), 20 ms a packet. */
export interface PlainSound {
  readonly port: number;
  /** Where its packets go from now on. */
  towards(port: number): void;
  /** How much of the last 200 ms that it heard is a tone of so many hertz, from 0 to 1. */
  hears(hertz: number): number;
  /** Packets that came. */
  readonly received: number;
  close(): void;
}

const RATE = 8_000;
const FRAME = 160;

/** @param hertz the tone that it speaks in */
export async function plainSound(hertz: number): Promise<PlainSound> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  let goal = 0;
  let sent = 0;
  let received = 0;
  let heard: number[] = [];
  socket.on("message", (octets) => {
    const isUlaw = octets.length === 12 + FRAME && ((octets[1] ?? 0) & 0x7f) === 0;
    if (!isUlaw) return;
    received++;
    heard = [...heard, ...[...octets.subarray(12)].map(fromUlaw)].slice(-10 * FRAME);
  });
  const timer = setInterval(() => {
    if (goal === 0) return;
    const packet = Buffer.alloc(12 + FRAME);
    packet[0] = 0x80;
    packet.writeUInt16BE(sent & 0xffff, 2);
    packet.writeUInt32BE(sent * FRAME, 4);
    packet.writeUInt32BE(0x1234, 8);
    for (let i = 0; i < FRAME; i++)
      packet[12 + i] = toUlaw(8_000 * Math.sin((2 * Math.PI * hertz * (sent * FRAME + i)) / RATE));
    sent++;
    socket.send(packet, goal, "127.0.0.1");
  }, 20);
  return {
    port,
    towards(to) {
      goal = to;
    },
    hears: (at) => shareOf(heard, at),
    get received() {
      return received;
    },
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
}

/** A WAV file of a second of a tone. */
export function toneFile(hertz: number): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + RATE, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(7, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(RATE, 40);
  const wave = (i: number): number => toUlaw(8_000 * Math.sin((2 * Math.PI * hertz * i) / RATE));
  return Buffer.concat([head, Buffer.from(Array.from({ length: RATE }, (_, i) => wave(i)))]);
}

/** By Goertzel's algorithm. */
function shareOf(samples: readonly number[], hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [a, b, energy] = [0, 0, 0];
  for (const sample of samples) {
    [a, b] = [sample + turn * a - b, a];
    energy += sample * sample;
  }
  const power = a * a + b * b - turn * a * b;
  return energy === 0 ? 0 : (2 * power) / (samples.length * energy);
}

/** ITU-T G.711, µ-law. */
function toUlaw(sample: number): number {
  const value = Math.min(32_635, Math.abs(Math.trunc(sample))) + 132;
  const exponent = Math.floor(Math.log2(value)) - 7;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((value >> (exponent + 3)) & 0x0f)) & 0xff;
}

function fromUlaw(octet: number): number {
  const bits = ~octet & 0xff;
  const value = ((((bits & 0x0f) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return bits & 0x80 ? -value : value;
}
