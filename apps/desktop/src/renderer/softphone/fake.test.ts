import type { Talk, TalkEnd } from "../state/talk.ts";
import { softphoneContract } from "./contract-suite.ts";
import { createFakePhone } from "./fake.ts";
import type { PhoneEvent } from "./softphone.ts";

/** For each end of ours, what the other side hears. */
const mirrored: Partial<Record<TalkEnd, TalkEnd>> = { hung_up: "peer_hung_up", declined: "declined" };

softphoneContract("the fake", async () => {
  let ids = 0;
  const phone = createFakePhone({
    now: () => 1_000,
    newId: () => `talk-${++ids}`,
    reachable: ["khach", "minh"],
    wrongPassword: "wrong",
  });
  const events: PhoneEvent[] = [];
  phone.subscribe((event) => events.push(event));
  const last = (): Talk => {
    const told = events.findLast((e) => e.kind === "talk");
    if (!told) throw new Error("no talk yet");
    return told.talk;
  };
  return {
    phone,
    events: async () => events,
    account: (password) => ({
      server: "ws://127.0.0.1/sip",
      user: "lan",
      domain: "127.0.0.1",
      username: "lan",
      password,
      relays: [],
    }),
    other: "khach",
    third: "minh",
    ring: async (interactionId) => phone.ring({ peer: "khach", interactionId }),
    otherRings: async () => undefined,
    otherAnswers: async () => phone.peerAnswers(last().id),
    async thirdAnswers(id) {
      if (last().id === id && last().phase === "dialling") phone.peerAnswers(id);
    },
    thirdAsks: async () => phone.ring({ peer: "minh" }),
    thirdHandsOver: async () => phone.takeOver(last().id, "khach"),
    otherDeclines: async () => phone.peerEnds(last().id, "declined"),
    otherHangsUp: async () =>
      phone.peerEnds(last().id, last().phase === "ringing" ? "withdrawn" : "peer_hung_up"),
    otherHolds: async (on) => phone.peerHolds(last().id, on),
    async otherEnded() {
      const { cause, talkingSince, direction } = last();
      if (cause === "hung_up" && direction === "out" && talkingSince === null) return "withdrawn";
      return (cause && mirrored[cause]) ?? null;
    },
    async cut() {
      phone.cut();
      phone.comeBack();
    },
    async allowMicrophone(is) {
      phone.microphone = is ? "ready" : "denied";
    },
    close: async () => undefined,
  };
});
