import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logIn, takeCall } from "../support/phone-world.ts";
import { plainSound, toneFile } from "../support/plain-sound.ts";
import { hasRtpengine, type Rtpengine, rtpengine } from "../support/rtpengine.ts";
import { trunkTo } from "../support/trunk.ts";
import { type PagePhone, startPhones } from "./phone/phones.ts";

/** Everybody has a tone of his own, the music too. */
const hertz = { khach: 440, lan: 660, music: 880 } as const;

describe("who waits hears the music, and then the agent", () => {
  let dir: string;
  let relay: Rtpengine | undefined;
  let phones: Awaited<ReturnType<typeof startPhones>>;
  let lan: PagePhone;
  let khach: PagePhone;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "music-"));
    const music = join(dir, "music.wav");
    writeFileSync(music, toneFile(hertz.music));
    relay = hasRtpengine ? await rtpengine() : undefined;
    phones = await startPhones({ music, ...(relay && { relay }) });
    [lan, khach] = [await phones.open("lan"), await phones.open("khach")];
    for (const page of [lan, khach]) {
      await page.speakAt(hertz[page.user as "lan" | "khach"]);
      await logIn(page, phones.exchange.account(page.user));
    }
  });
  afterAll(async () => {
    await phones?.close();
    await relay?.kill();
    rmSync(dir, { recursive: true });
  });

  test("in a browser, straight from the gateway", async () => {
    await khach.phone.call("lan");
    await expect.poll(() => khach.hears(hertz.music)).toBeGreaterThan(0.6);
    phones.exchange.putThrough();
    const at = await takeCall(lan);
    await expect.poll(() => khach.hears(hertz.lan)).toBeGreaterThan(0.6);
    await expect.poll(() => lan.hears(hertz.khach)).toBeGreaterThan(0.6);
    expect(await khach.hears(hertz.music)).toBeLessThan(0.05);
    await lan.phone.hangUp(at);
    expect(phones.exchange.faults).toEqual([]);
  });

  test.skipIf(!hasRtpengine)("at a telephone, through rtpengine", async () => {
    const sound = await plainSound(hertz.khach);
    const trunk = await trunkTo(phones.exchange.trunkPort, sound.port);
    trunk.invite("lan", "0901234567");
    const audioPort = (sdp: string): number => Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    sound.towards(audioPort((await trunk.hear("200", "INVITE")).text));
    await trunk.ack();
    await expect.poll(() => sound.hears(hertz.music)).toBeGreaterThan(0.6);
    phones.exchange.putThrough();
    const at = await takeCall(lan);
    sound.towards(audioPort((await trunk.hear("INVITE")).text));
    await expect.poll(() => sound.hears(hertz.lan)).toBeGreaterThan(0.6);
    await expect.poll(() => lan.hears(hertz.khach)).toBeGreaterThan(0.6);
    await lan.phone.hangUp(at);
    await trunk.hear("BYE");
    trunk.close();
    sound.close();
  });
});
