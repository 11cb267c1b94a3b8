import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { build } from "rolldown";
import type { Ear } from "../../../apps/desktop/test/renderer/ear.ts";

const RATE = 48_000;

/** A WAV file with a tone of so many hertz, for Chromium's microphone. */
export function writeTone(file: string, hertz: number): string {
  const samples = new Int16Array(RATE);
  for (let n = 0; n < RATE; n++) samples[n] = Math.round(12_000 * Math.sin((2 * Math.PI * hertz * n) / RATE));
  const data = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  writeFileSync(file, Buffer.concat([head, data]));
  return file;
}

declare const ear: Ear;

/** In every page of the context, before its own scripts. */
export async function listenIn(context: BrowserContext): Promise<void> {
  const { output } = await build({
    input: join(import.meta.dirname, "../../../apps/desktop/test/renderer/ear.ts"),
    write: false,
    platform: "browser",
    output: { format: "iife" },
  });
  await context.addInitScript(output[0].code);
}

export const hears = (page: Page, hertz: number): Promise<number> =>
  page.evaluate((at) => ear.hears(at), hertz);

export const packets = (page: Page): ReturnType<Ear["packets"]> => page.evaluate(() => ear.packets());
