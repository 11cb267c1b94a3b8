import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Talk, TalkEnd } from "../state/talk.ts";
import type { PhoneAccount, PhoneEvent, Softphone } from "./softphone.ts";

/** A phone and what surrounds it: somebody at the other end, a third, a gateway. */
export interface PhoneWorld {
  readonly phone: Omit<Softphone, "subscribe">;
  events(): Promise<readonly PhoneEvent[]>;
  account(password: "right" | "wrong"): PhoneAccount;
  /** Names that can be dialled. */
  readonly other: string;
  readonly third: string;
  /** The other rings at the phone; the call belongs to a piece of work. */
  ring(interactionId: string): Promise<unknown>;
  /** Resolves when our call is there. */
  otherRings(): Promise<unknown>;
  otherAnswers(): Promise<unknown>;
  /** Takes our call, or who is sent on to it. @param talkId ours */
  thirdAnswers(talkId: string): Promise<unknown>;
  /** The third, who has the other on the phone, rings at us to ask; then the two others are joined by it with us. */
  thirdAsks(): Promise<unknown>;
  thirdHandsOver(): Promise<unknown>;
  otherDeclines(): Promise<unknown>;
  /** Takes back what it dialled, too. */
  otherHangsUp(): Promise<unknown>;
  otherHolds(on: boolean): Promise<unknown>;
  /** How the other's last talk ended. */
  otherEnded(): Promise<TalkEnd | null>;
  /** Breaks the connection once. */
  cut(): Promise<unknown>;
  allowMicrophone(is: boolean): Promise<unknown>;
  close(): Promise<unknown>;
}

/** What whoever uses a phone may rely on, with whatever is behind it. */
export function softphoneContract(name: string, open: () => Promise<PhoneWorld>): void {
  describe(`the contract of a softphone: ${name}`, () => {
    let w: PhoneWorld;
    let from = 0;
    beforeAll(async () => {
      w = await open();
    });
    afterAll(() => w?.close());
    beforeEach(async () => {
      await w.allowMicrophone(true);
      from = (await w.events()).length;
      await w.phone.connect(w.account("right"));
      await expect.poll(status).toBe("ready");
    });
    afterEach(async () => {
      await w.phone.disconnect();
      expect(await status()).toBe("off");
    });

    const news = async () => (await w.events()).slice(from);
    const status = async () => (await news()).findLast((e) => e.kind === "status")?.status;
    const statuses = async () => (await news()).filter((e) => e.kind === "status").map((e) => e.status);
    const talks = async (): Promise<Talk[]> =>
      (await news()).flatMap((event) => (event.kind === "talk" ? [event.talk] : []));
    const talk = async () => (await talks()).at(-1);
    const of = async (id: string) => (await talks()).findLast((each) => each.id === id);
    const id = async () => (await talk())?.id ?? "";
    const phase = async () => (await talk())?.phase;

    async function ringing(work = "work-1"): Promise<string> {
      await w.ring(work);
      await expect.poll(phase).toBe("ringing");
      return id();
    }
    async function talking(): Promise<string> {
      const ringsAt = await ringing();
      await w.phone.answer(ringsAt);
      await expect.poll(talk).toMatchObject({ phase: "talking", media: "flowing" });
      return ringsAt;
    }

    test("it says where it is with its registration", async () => {
      expect(await statuses()).toEqual(["connecting", "ready"]);
    });

    test("a wrong password is refused and not tried again; the right one registers after it", async () => {
      await w.phone.disconnect();
      await w.phone.connect(w.account("wrong"));
      await expect.poll(status).toBe("refused");
      await w.phone.connect(w.account("right"));
      await expect.poll(status).toBe("ready");
    });

    test("it rings with the work that the call belongs to, and talks once it is answered", async () => {
      const ringsAt = await ringing("work-7");
      expect(await talk()).toMatchObject({ direction: "in", interactionId: "work-7", talkingSince: null });
      await w.phone.answer(ringsAt);
      await expect.poll(talk).toMatchObject({ phase: "talking", media: "flowing" });
      expect((await talk())?.talkingSince).toEqual(expect.any(Number));
      const phases = (await talks()).map((each) => each.phase);
      expect([...new Set(phases)]).toEqual(["ringing", "joining", "talking"]);
    });

    test("hung up, it is over at both ends", async () => {
      const talksAt = await talking();
      await w.phone.hangUp(talksAt);
      expect(await of(talksAt)).toMatchObject({ phase: "ended", cause: "hung_up" });
      await expect.poll(w.otherEnded).toBe("peer_hung_up");
    });

    test("the other side hangs up", async () => {
      await talking();
      await w.otherHangsUp();
      await expect.poll(talk).toMatchObject({ phase: "ended", cause: "peer_hung_up" });
    });

    test("who declines is heard by the caller", async () => {
      await w.phone.decline(await ringing());
      expect(await talk()).toMatchObject({ phase: "ended", cause: "declined" });
      await expect.poll(w.otherEnded).toBe("declined");
    });

    test("a caller who gives up leaves nothing that rings", async () => {
      await ringing();
      await w.otherHangsUp();
      await expect.poll(talk).toMatchObject({ phase: "ended", cause: "withdrawn" });
    });

    test("without a microphone it is not answered, and goes on ringing", async () => {
      const ringsAt = await ringing();
      await w.allowMicrophone(false);
      await expect(w.phone.answer(ringsAt)).rejects.toMatchObject({ code: "microphone_denied" });
      expect(await phase()).toBe("ringing");
      await w.allowMicrophone(true);
      await w.phone.answer(ringsAt);
      await expect.poll(phase).toBe("talking");
    });

    test("hold and mute, on and off, by us and by them", async () => {
      const talksAt = await talking();
      await w.phone.hold(talksAt, true);
      await w.phone.mute(talksAt, true);
      expect(await talk()).toMatchObject({ onHold: true, muted: true, heldByPeer: false });
      await w.phone.hold(talksAt, false);
      await w.phone.mute(talksAt, false);
      expect(await talk()).toMatchObject({ onHold: false, muted: false });
      await w.otherHolds(true);
      await expect.poll(talk).toMatchObject({ heldByPeer: true, onHold: false });
      await w.otherHolds(false);
      await expect.poll(talk).toMatchObject({ heldByPeer: false });
    });

    test("it calls: dialling, then talking once they answer", async () => {
      const dialled = await w.phone.call(w.other);
      expect(await of(dialled)).toMatchObject({ phase: "dialling", direction: "out", peer: w.other });
      await w.otherAnswers();
      await expect.poll(() => of(dialled)).toMatchObject({ phase: "talking", media: "flowing" });
    });

    test("who does not want it and who is not there end a call of ours, each in its way", async () => {
      const declined = await w.phone.call(w.other);
      await w.otherDeclines();
      await expect.poll(() => of(declined)).toMatchObject({ phase: "ended", cause: "declined" });
      const nobody = await w.phone.call("nobody");
      await expect.poll(() => of(nobody)).toMatchObject({ phase: "ended", cause: "not_found" });
    });

    test("what is dialled can be taken back", async () => {
      const dialled = await w.phone.call(w.other);
      await w.otherRings();
      await w.phone.hangUp(dialled);
      expect(await of(dialled)).toMatchObject({ phase: "ended", cause: "hung_up" });
      await expect.poll(w.otherEnded).toBe("withdrawn");
    });

    test("sent on to a third, our talk ends as transferred; to nobody, it goes on", async () => {
      const talksAt = await talking();
      await expect(w.phone.transfer(talksAt, "nobody")).rejects.toMatchObject({ code: "refused" });
      expect(await talk()).toMatchObject({ phase: "talking", isMoving: false });
      await Promise.all([w.phone.transfer(talksAt, w.third), w.thirdAnswers(talksAt)]);
      await expect.poll(() => of(talksAt)).toMatchObject({ phase: "ended", cause: "transferred" });
    });

    test("after a word with a third the two are joined, and both our talks end", async () => {
      const talksAt = await talking();
      await w.phone.hold(talksAt, true);
      const asked = await w.phone.call(w.third);
      await w.thirdAnswers(asked);
      await expect.poll(() => of(asked)).toMatchObject({ phase: "talking" });
      await w.phone.join(talksAt, asked);
      await expect.poll(() => of(talksAt)).toMatchObject({ phase: "ended", cause: "transferred" });
      await expect.poll(() => of(asked)).toMatchObject({ phase: "ended", cause: "transferred" });
    });

    test("whom a colleague talked to us about comes in the place of that talk, without ringing", async () => {
      await w.thirdAsks();
      await expect.poll(phase).toBe("ringing");
      const asked = await id();
      await w.phone.answer(asked);
      await expect.poll(() => of(asked)).toMatchObject({ phase: "talking" });
      await w.thirdHandsOver();
      await expect.poll(() => of(asked)).toMatchObject({ phase: "ended", cause: "peer_hung_up" });
      const fresh = (await talks()).findLast((each) => each.replaces === asked);
      await expect.poll(() => of(fresh?.id ?? "")).toMatchObject({ phase: "talking", media: "flowing" });
    });

    test("what cannot be is refused by name, and changes nothing", async () => {
      const ringsAt = await ringing();
      const refusals = {
        no_such_talk: [w.phone.answer("?"), w.phone.hangUp("?"), w.phone.hold("?", true)],
        wrong_phase: [
          w.phone.hold(ringsAt, true),
          w.phone.press(ringsAt, "1"),
          w.phone.transfer(ringsAt, "a"),
        ],
        bad_number: [w.phone.call("a b"), w.phone.call("a@b"), w.phone.call("")],
      };
      for (const [code, asked] of Object.entries(refusals))
        for (const each of asked) await expect(each).rejects.toMatchObject({ code });
      expect(await phase()).toBe("ringing");
      await w.phone.answer(ringsAt);
      await expect(w.phone.answer(ringsAt)).rejects.toMatchObject({ code: "wrong_phase" });
      await expect.poll(phase).toBe("talking");
      await expect(w.phone.press(ringsAt, "7x")).rejects.toMatchObject({ code: "bad_number" });
      await w.phone.press(ringsAt, "1#");
    });

    test("off, it takes no calls and makes none", async () => {
      await w.phone.disconnect();
      await expect(w.phone.call(w.other)).rejects.toMatchObject({ code: "not_connected" });
      expect(await w.phone.check()).toMatchObject({ registered: false, roundTripMs: null });
    });

    test("it comes back by itself when the connection breaks, and the talk goes on", async () => {
      const talksAt = await talking();
      await w.cut();
      await expect.poll(async () => (await statuses()).slice(-2)).toEqual(["lost", "ready"]);
      await w.phone.hold(talksAt, true);
      await expect.poll(() => of(talksAt)).toMatchObject({ phase: "talking", onHold: true });
    });

    test("it knows whether it is ready", async () => {
      const readiness = await w.phone.check();
      expect(readiness).toMatchObject({ registered: true, microphone: "ready" });
      expect(readiness.roundTripMs).toEqual(expect.any(Number));
    });

    test("switched off, it hangs up", async () => {
      const talksAt = await talking();
      await w.phone.disconnect();
      expect(await of(talksAt)).toMatchObject({ phase: "ended", cause: "hung_up" });
      await expect.poll(w.otherEnded).toBe("peer_hung_up");
    });
  });
}
