import type { AudioChoice, PhoneStatus, TalkEnd, TalkQuality } from "../state/talk.ts";
import {
  isDialable,
  isKeys,
  mostTalks,
  type PhoneAccount,
  PhoneError,
  type Readiness,
  type Softphone,
} from "./softphone.ts";
import { createListeners, createTalks, newDialling, newTalk } from "./talks.ts";

/** What the world does to a fake phone. */
export interface FakePhone extends Softphone {
  /** Somebody rings. @returns the id of the talk */
  ring(call: { readonly peer: string; readonly interactionId?: string }): string;
  /** The other side's own acts. */
  peerAnswers(talkId: string): void;
  peerEnds(talkId: string, end: TalkEnd): void;
  peerHolds(talkId: string, on: boolean): void;
  /** A colleague sends on to us whom he talked about with us. @returns the id of the talk in its place */
  takeOver(talkId: string, peer: string): string;
  sounds(talkId: string, quality: TalkQuality): void;
  /** The connection breaks; it comes back when it is told to. */
  cut(): void;
  comeBack(): void;
  microphone: Readiness["microphone"];
  /** Whether the other side agrees to hold and to being sent on. */
  agrees: boolean;
  readonly audio: AudioChoice;
  readonly pressed: readonly string[];
}

export interface FakePhoneParts {
  readonly now: () => number;
  readonly newId: () => string;
  /** Who answers to a call or a transfer. */
  readonly reachable: readonly string[];
  /** The password that is refused. */
  readonly wrongPassword?: string;
}

/** A phone without a line: it fails where the real one fails, which `contract-suite.ts` holds it to. */
export function createFakePhone({ now, newId, reachable, wrongPassword }: FakePhoneParts): FakePhone {
  const { emit, subscribe } = createListeners(() => undefined);
  const talks = createTalks<null>(emit);
  const pressed: string[] = [];
  let status: PhoneStatus = "off";
  let account: PhoneAccount | null = null;
  let audio: AudioChoice = { microphone: null, speaker: null, ring: null };

  function become(next: PhoneStatus): void {
    if (status === next) return;
    status = next;
    emit({ kind: "status", status });
  }
  /** As an answer by the network: never within the request. */
  const turn = (): Promise<void> => Promise.resolve();
  const needMicrophone = (): void => {
    if (phone.microphone !== "ready") throw new PhoneError(`microphone_${phone.microphone}`);
  };
  const talking = (id: string): void => {
    talks.change(id, { phase: "talking", media: "flowing", talkingSince: now() });
  };
  async function register(): Promise<void> {
    await turn();
    if (account) become(account.password === wrongPassword ? "refused" : "ready");
  }
  async function refer(id: string, isThere: boolean): Promise<void> {
    if (talks.need(id, "talking").talk.isMoving) throw new PhoneError("wrong_phase");
    talks.change(id, { isMoving: true });
    await turn();
    talks.change(id, { isMoving: false });
    if (!isThere || !phone.agrees) throw new PhoneError("refused");
  }

  const phone: FakePhone = {
    subscribe,
    async connect(next) {
      const isNew = account?.server !== next.server || account.user !== next.user;
      account = next;
      if (isNew) become("connecting");
      await register();
    },
    async disconnect() {
      for (const { talk } of talks.all()) talks.end(talk.id, "hung_up");
      account = null;
      become("off");
    },
    async call(to, work) {
      if (!isDialable(to)) throw new PhoneError("bad_number");
      if (status !== "ready") throw new PhoneError("not_connected");
      if (talks.size >= mostTalks) throw new PhoneError("too_many");
      needMicrophone();
      const id = newId();
      talks.add(newDialling(id, to, work), null);
      if (!reachable.includes(to) && !work) void turn().then(() => talks.end(id, "not_found"));
      return id;
    },
    async answer(id) {
      talks.need(id, "ringing");
      needMicrophone();
      talks.change(id, { phase: "joining", media: "connecting" });
      await turn();
      talks.need(id, "joining");
      talking(id);
    },
    async decline(id) {
      talks.need(id, "ringing");
      talks.end(id, "declined");
    },
    async hangUp(id) {
      talks.need(id);
      talks.end(id, "hung_up");
    },
    async hold(id, on) {
      if (talks.need(id, "talking").talk.onHold === on) return;
      await turn();
      if (!phone.agrees) throw new PhoneError("refused");
      talks.change(id, { onHold: on });
    },
    async mute(id, on) {
      talks.need(id, "talking");
      talks.change(id, { muted: on });
    },
    async press(id, keys) {
      talks.need(id, "talking");
      if (!isKeys(keys)) throw new PhoneError("bad_number");
      pressed.push(keys);
    },
    async transfer(id, to) {
      if (!isDialable(to)) throw new PhoneError("bad_number");
      await refer(id, reachable.includes(to));
      talks.end(id, "transferred");
    },
    async join(id, withId) {
      talks.need(id, "talking");
      talks.need(withId, "talking");
      if (id === withId) throw new PhoneError("wrong_phase");
      await refer(id, true);
      talks.end(id, "transferred");
      talks.end(withId, "transferred");
    },
    async chooseAudio(choice) {
      audio = choice;
    },
    check: async () => ({
      registered: status === "ready",
      microphone: phone.microphone,
      roundTripMs: status === "ready" ? 12 : null,
    }),
    ring({ peer, interactionId }) {
      const id = newId();
      talks.add(
        newTalk({ id, direction: "in", peer, phase: "ringing", interactionId: interactionId ?? null }),
        null,
      );
      return id;
    },
    peerAnswers: talking,
    peerEnds: (id, end) => talks.end(id, end),
    peerHolds: (id, on) => talks.change(id, { heldByPeer: on }),
    takeOver(id, peer) {
      const { interactionId } = talks.need(id).talk;
      const fresh = newId();
      talks.add(
        newTalk({ id: fresh, direction: "in", peer, phase: "joining", interactionId, replaces: id }),
        null,
      );
      talking(fresh);
      talks.end(id, "peer_hung_up");
      return fresh;
    },
    sounds: (talkId, quality) => emit({ kind: "quality", talkId, quality }),
    cut: () => become("lost"),
    comeBack: () => void register(),
    microphone: "ready",
    agrees: true,
    get audio() {
      return audio;
    },
    pressed,
  };
  return phone;
}
