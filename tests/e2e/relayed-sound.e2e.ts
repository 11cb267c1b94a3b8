import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logIn, takeCall } from "../support/phone-world.ts";
import { type PlainSound, plainSound } from "../support/plain-sound.ts";
import { hasRtpengine, type Rtpengine, rtpengine } from "../support/rtpengine.ts";
import { type Trunk, trunkTo } from "../support/trunk.ts";
import { type PagePhone, startPhones } from "./phone/phones.ts";

/** Everybody has a tone of his own, so that who hears whom can be told by the sound alone. */
const hertz = { khach: 440, lan: 660, minh: 1_000 } as const;

describe.skipIf(!hasRtpengine)("a trunk's plain RTP and a browser, through rtpengine", () => {
  let relay: Rtpengine;
  let phones: Awaited<ReturnType<typeof startPhones>>;
  let lan: PagePhone;
  let minh: PagePhone;

  beforeAll(async () => {
    relay = await rtpengine();
    phones = await startPhones({ relay });
    [lan, minh] = [await phones.open("lan"), await phones.open("minh")];
    for (const page of [lan, minh]) {
      await page.speakAt(hertz[page.user as "lan" | "minh"]);
      await logIn(page, phones.exchange.account(page.user));
    }
  });
  afterAll(async () => {
    await phones?.close();
    await relay?.kill();
  });

  const audioPort = (sdp: string): number => Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);

  async function call(): Promise<{ trunk: Trunk; sound: PlainSound; at: string }> {
    const sound = await plainSound(hertz.khach);
    const trunk = await trunkTo(phones.exchange.trunkPort, sound.port);
    trunk.invite("lan", "0901234567");
    const at = await takeCall(lan);
    sound.towards(audioPort((await trunk.hear("200", "INVITE")).text));
    await trunk.ack();
    return { trunk, sound, at };
  }

  async function talkTo(page: PagePhone, sound: PlainSound): Promise<void> {
    await expect.poll(() => page.hears(hertz.khach)).toBeGreaterThan(0.6);
    await expect.poll(() => sound.hears(hertz[page.user as "lan" | "minh"])).toBeGreaterThan(0.6);
    const { received } = sound;
    await expect.poll(() => sound.received).toBeGreaterThan(received + 20);
  }

  test("hear each other, and after a transfer the colleague", async () => {
    const { trunk, sound, at } = await call();
    await talkTo(lan, sound);
    const sentOn = lan.phone.transfer(at, "minh");
    const taken = await takeCall(minh);
    sound.towards(audioPort((await trunk.hear("INVITE")).text));
    await sentOn;
    await talkTo(minh, sound);
    expect(sound.hears(hertz.lan)).toBeLessThan(0.05);
    await minh.phone.hangUp(taken);
    await trunk.hear("BYE");
    trunk.close();
    sound.close();
  });

  test("when it is killed a call is told why, and when it is back calls are heard again", async () => {
    await relay.kill();
    await phones.exchange.relayIs(false);
    const lost = await trunkTo(phones.exchange.trunkPort);
    lost.invite("lan", "0901234567");
    expect((await lost.hear("503")).header("Reason")).toContain("no road for the sound");
    lost.close();
    await relay.start();
    await phones.exchange.relayIs(true);
    const { trunk, sound, at } = await call();
    await talkTo(lan, sound);
    await lan.phone.hangUp(at);
    await trunk.hear("BYE");
    trunk.close();
    sound.close();
  });
});
