import { fakeClock } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import type { Talk, TalkQuality } from "../state/talk.ts";
import type { PhoneAudio } from "./audio.ts";
import { createMedia } from "./media.ts";
import { PhoneError } from "./softphone.ts";

class FakeTrack extends EventTarget {
  readonly kind = "audio";
  enabled = true;
  readyState: "live" | "ended" = "live";
  stop(): void {
    this.readyState = "ended";
  }
  unplug(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

class FakeConnection extends EventTarget {
  connectionState = "new";
  currentRemoteDescription: { readonly sdp: string } | null = null;
  readonly sender = {
    track: null as FakeTrack | null,
    dtmf: { canInsertDTMF: true, toneBuffer: "", insertDTMF: (tones: string) => this.keys.push(tones) },
    async replaceTrack(track: FakeTrack) {
      this.track = track;
    },
  };
  readonly keys: string[] = [];
  counted = { type: "inbound-rtp", kind: "audio", packetsReceived: 0, packetsLost: 0, jitter: 0 };
  getSenders = () => [this.sender];
  getStats = async () => new Map([["1", { ...this.counted }]]);
  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }
}

/** What jsdom has not, as far as it is used. */
const streamOf = (tracks: FakeTrack[]) =>
  ({ getAudioTracks: () => tracks, getTracks: () => tracks }) as unknown as MediaStream;

function talk() {
  const clock = fakeClock();
  const microphones: FakeTrack[] = [];
  const states: Talk["media"][] = [];
  const judged: TalkQuality[] = [];
  const played: string[] = [];
  const errors: unknown[] = [];
  const w = { allowed: true };
  const audio: PhoneAudio = {
    choice: () => ({ microphone: null, speaker: null, ring: null }),
    choose: () => undefined,
    microphone: async () => "ready",
    async openMicrophone() {
      if (!w.allowed) throw new PhoneError("microphone_denied");
      const track = new FakeTrack();
      microphones.push(track);
      return streamOf([track]);
    },
    play() {
      played.push("play");
      return { move: () => played.push("move"), stop: () => played.push("stop") };
    },
  };
  const media = createMedia({
    clock,
    audio,
    changed: (state) => states.push(state),
    judged: (quality) => judged.push(quality),
    report: (error) => errors.push(error),
  });
  const connection = new FakeConnection();
  const heard = [new FakeTrack()];
  const attach = () => media.attach(connection as unknown as RTCPeerConnection, streamOf(heard));
  /** With its microphone sending. */
  async function begin(): Promise<void> {
    connection.sender.track = (await media.open()).getAudioTracks()[0] as unknown as FakeTrack;
    attach();
    media.start();
  }
  return { media, clock, microphones, states, judged, played, errors, connection, heard, attach, begin, w };
}

test("hung up while the microphone was being opened, its light goes out", async () => {
  const { media, microphones } = talk();
  const opening = media.open();
  media.close();
  await opening;
  expect(microphones[0]?.readyState).toBe("ended");
});

test("a microphone that comes for a talk that is over goes out, too", async () => {
  const { media, microphones } = talk();
  media.close();
  await media.open();
  expect(microphones[0]?.readyState).toBe("ended");
});

test("a microphone that was refused may be asked for again", async () => {
  const { media, w, microphones } = talk();
  w.allowed = false;
  await expect(media.open()).rejects.toMatchObject({ code: "microphone_denied" });
  w.allowed = true;
  await media.open();
  await media.open();
  expect(microphones).toHaveLength(1);
});

test("what must not be heard is not sent, also with a microphone that comes later", async () => {
  const { media, begin, microphones } = talk();
  await begin();
  media.send(false);
  await media.move(true);
  expect(microphones.map((track) => track.enabled)).toEqual([false, false]);
  media.send(true);
  await media.open();
  expect(microphones[1]?.enabled).toBe(true);
});

test("a microphone that is pulled out is replaced, and the one before is let go", async () => {
  const { begin, microphones, connection, errors } = talk();
  await begin();
  microphones[0]?.unplug();
  await expect.poll(() => connection.sender.track === microphones[1]).toBe(true);
  await expect.poll(() => microphones.map((track) => track.readyState)).toEqual(["ended", "live"]);
  expect(errors).toEqual([]);
});

test("with no other microphone the talk goes on without one, and that is reported", async () => {
  const { begin, microphones, w, errors } = talk();
  await begin();
  w.allowed = false;
  microphones[0]?.unplug();
  await expect.poll(() => errors.length).toBe(1);
});

test("whoever offered late is heard as soon as the answer is here", () => {
  const { media, attach, heard, played, connection } = talk();
  const track = heard.pop();
  attach();
  media.start();
  expect(played).toEqual([]);
  if (track) heard.push(track);
  connection.dispatchEvent(new Event("track"));
  connection.dispatchEvent(new Event("track"));
  expect(played).toEqual(["play"]);
});

test("it tells how sound flows, and how it sounds, until it is over", async () => {
  const { media, begin, states, judged, clock, connection, played } = talk();
  await begin();
  connection.become("connected");
  connection.become("disconnected");
  expect(states).toEqual(["connecting", "flowing", "lost"]);
  connection.counted = { ...connection.counted, packetsReceived: 90, packetsLost: 10 };
  clock.advance(3_000);
  await expect.poll(() => judged.length).toBe(1);
  expect(judged[0]).toMatchObject({ loss: 0.1 });
  media.close();
  clock.advance(60_000);
  expect(clock.pending).toBe(0);
  expect(played.at(-1)).toBe("stop");
});

test("keys follow those that still sound, and are refused where they cannot be sent", async () => {
  const { media, begin, connection } = talk();
  expect(media.press("1")).toBe(false);
  await begin();
  connection.sender.dtmf.toneBuffer = "12";
  expect(media.press("3")).toBe(true);
  expect(connection.keys).toEqual(["123"]);
  connection.sender.dtmf.canInsertDTMF = false;
  expect(media.press("4")).toBe(false);
});

test("the other side's hold is read from what it said of its sound", async () => {
  const { media, begin, connection } = talk();
  await begin();
  expect(media.isHeldByPeer()).toBe(false);
  connection.currentRemoteDescription = { sdp: "v=0\r\na=sendonly\r\n" };
  expect(media.isHeldByPeer()).toBe(true);
  connection.currentRemoteDescription = { sdp: "v=0\r\na=sendrecv\r\n" };
  expect(media.isHeldByPeer()).toBe(false);
});
