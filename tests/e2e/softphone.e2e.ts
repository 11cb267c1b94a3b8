import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { softphoneContract } from "../../apps/desktop/src/renderer/softphone/contract-suite.ts";
import { lastTalk, logIn, phoneWorld, takeCall } from "../support/phone-world.ts";
import { type PagePhone, startPhones } from "./phone/phones.ts";

softphoneContract("in Chromium, through the SIP edge", async () => phoneWorld(await startPhones()));

/** Everybody has a tone of his own, so that who hears whom can be told by the sound alone. */
const hertz = { khach: 440, lan: 660, minh: 1_000 } as const;

describe("sound", () => {
  let phones: Awaited<ReturnType<typeof startPhones>>;
  let khach: PagePhone;
  let lan: PagePhone;
  let minh: PagePhone;

  beforeAll(async () => {
    phones = await startPhones();
    [khach, lan, minh] = [await phones.open("khach"), await phones.open("lan"), await phones.open("minh")];
    for (const page of [khach, lan, minh]) {
      await page.speakAt(hertz[page.user as keyof typeof hertz]);
      await logIn(page, phones.exchange.account(page.user));
    }
  });
  afterAll(() => phones?.close());

  async function hears(page: PagePhone, whom: PagePhone): Promise<void> {
    await expect.poll(() => page.hears(hertz[whom.user as keyof typeof hertz])).toBeGreaterThan(0.6);
  }
  async function hearsNobody(page: PagePhone): Promise<void> {
    const shares = () => Promise.all(Object.values(hertz).map((at) => page.hears(at)));
    await expect.poll(async () => Math.max(...(await shares()))).toBeLessThan(0.05);
  }

  /** Both ways, by the tones and by the packets that the browsers count. */
  async function talkTo(a: PagePhone, b: PagePhone): Promise<void> {
    await Promise.all([hears(a, b), hears(b, a)]);
    for (const page of [a, b]) {
      const before = await page.packets();
      await expect.poll(async () => (await page.packets()).received).toBeGreaterThan(before.received + 20);
      expect((await page.packets()).sent).toBeGreaterThan(before.sent);
    }
  }
  test("passes in both directions, stops on hold and comes again", async () => {
    await khach.phone.call("lan");
    const talk = await takeCall(lan);
    await talkTo(khach, lan);
    await lan.phone.hold(talk, true);
    await Promise.all([hearsNobody(khach), hearsNobody(lan)]);
    await lan.phone.hold(talk, false);
    await talkTo(khach, lan);
    await lan.phone.mute(talk, true);
    await hearsNobody(khach);
    await hears(lan, khach);
    await lan.phone.mute(talk, false);
    await talkTo(khach, lan);
    await lan.phone.hangUp(talk);
  });

  test("goes with the caller who is sent on without a word", async () => {
    await khach.phone.call("lan");
    const talk = await takeCall(lan);
    await talkTo(khach, lan);
    const sentOn = lan.phone.transfer(talk, "minh");
    const at = await takeCall(minh);
    await sentOn;
    await talkTo(khach, minh);
    await minh.phone.hold(at, true);
    await hearsNobody(khach);
    await minh.phone.hold(at, false);
    await talkTo(khach, minh);
    await minh.phone.hangUp(at);
  });

  test("goes with the caller who waited alone, to whoever answers next", async () => {
    await khach.phone.call("lan");
    const talk = await takeCall(lan);
    await talkTo(khach, lan);
    phones.exchange.release();
    await expect.poll(async () => (await lastTalk(lan))?.phase).toBe("ended");
    expect((await lastTalk(lan))?.id).toBe(talk);
    await hearsNobody(khach);
    phones.exchange.ringAt("minh");
    const at = await takeCall(minh);
    await talkTo(khach, minh);
    await minh.phone.hangUp(at);
  });

  test("goes with the caller who is handed over after a word, on a connection that is new to the colleague", async () => {
    await khach.phone.call("lan");
    const talk = await takeCall(lan);
    await talkTo(khach, lan);
    await lan.phone.hold(talk, true);
    const asked = await lan.phone.call("minh");
    const at = await takeCall(minh);
    await talkTo(lan, minh);
    const { connections } = await minh.packets();
    await lan.phone.join(talk, asked);
    await talkTo(khach, minh);
    expect((await minh.packets()).connections).toBe(connections + 1);
    expect(await lastTalk(minh)).toMatchObject({ phase: "talking", heldByPeer: false });
    const fresh = (await minh.events()).findLast((e) => e.kind === "talk" && e.talk.replaces === at);
    expect(fresh).toMatchObject({ talk: { phase: "talking" } });
    if (fresh?.kind === "talk") await minh.phone.hangUp(fresh.talk.id);
    await expect.poll(async () => (await lastTalk(khach))?.cause).toBe("peer_hung_up");
  });
});
