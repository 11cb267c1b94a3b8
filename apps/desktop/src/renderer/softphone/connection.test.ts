import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, expect, test } from "vitest";
import { createConnection, type Road, type RoadNews } from "./connection.ts";
import type { PhoneAccount } from "./softphone.ts";

const account: PhoneAccount = {
  server: "ws://127.0.0.1/sip",
  user: "lan",
  domain: "tongdai.test",
  username: "1:lan:s",
  password: "first",
  relays: [],
};

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0)) await each();
});

/** A gateway that is there or not, and what it answers to registrations, one after the other. */
function gateway() {
  const clock = fakeClock();
  const said: string[] = [];
  const roads: { readonly news: RoadNews; readonly account: PhoneAccount; password: string }[] = [];
  const w = {
    clock,
    said,
    roads,
    isThere: true,
    isUp: false,
    password: "first",
    answers: [] as number[],
    registrations: 0,
    answersPings: true,
  };
  const connection = createConnection<Road>({
    clock,
    random: () => 0.5,
    report: (error) => said.push(String(error)),
    changed: (status) => said.push(status),
    openRoad(opened, news) {
      const road = { news, account: opened, password: opened.password };
      roads.push(road);
      return {
        async open() {
          if (!w.isThere) throw new Error("nobody there");
          w.isUp = true;
        },
        isOpen: () => w.isUp,
        async register() {
          w.registrations += 1;
          return w.answers.shift() ?? (road.password === w.password ? 200 : 401);
        },
        ping: () => (w.answersPings ? Promise.resolve() : new Promise(() => undefined)),
        takeCredentials({ password }) {
          road.password = password;
        },
        async close() {
          w.isUp = false;
        },
      };
    },
  });
  undo.push(connection.disconnect);
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { ...connection, w, said, roads, pass };
}

test("a gateway that is not there is asked again, later each time, until it is", async () => {
  const { connect, w, said, pass } = gateway();
  w.isThere = false;
  await connect(account);
  expect(said).toEqual(["connecting", "lost"]);
  await pass(249);
  expect(w.clock.pending).toBe(1);
  await pass(1);
  w.isThere = true;
  await pass(499);
  expect(said).toEqual(["connecting", "lost"]);
  await pass(1);
  expect(said).toEqual(["connecting", "lost", "ready"]);
  expect(w.clock.pending).toBe(0);
});

test("a lost connection is made again at once when the machine has its network back", async () => {
  const { connect, w, said, roads, pass } = gateway();
  await connect(account);
  w.isUp = false;
  w.isThere = false;
  roads[0]?.news.lost();
  for (let i = 0; i < 8; i++) await pass(8_000);
  w.isThere = true;
  window.dispatchEvent(new Event("online"));
  await pass(0);
  expect(said).toEqual(["connecting", "ready", "lost", "ready"]);
});

test("a refusal for the password waits for another one; any other is tried again", async () => {
  const { connect, w, said, pass } = gateway();
  w.answers = [503];
  await connect(account);
  expect(said.at(-1)).toBe("lost");
  w.password = "second";
  await pass(250);
  expect(said.at(-1)).toBe("refused");
  await pass(60_000);
  expect(w.registrations).toBe(2);
  await connect({ ...account, password: "second" });
  expect(said.at(-1)).toBe("ready");
  expect(w.roads).toHaveLength(1);
});

test("other credentials for a registration that stands ask for nothing", async () => {
  const { connect, w, said } = gateway();
  await connect(account);
  await connect({ ...account, password: "second" });
  expect(w.registrations).toBe(1);
  expect(said).toEqual(["connecting", "ready"]);
});

test("another address is another road, and news of the old one mean nothing", async () => {
  const { connect, said, roads, w, pass } = gateway();
  await connect(account);
  await connect({ ...account, user: "minh" });
  roads[0]?.news.lost();
  await pass(10_000);
  expect(said).toEqual(["connecting", "ready", "off", "connecting", "ready"]);
  expect(w.registrations).toBe(2);
});

test("switched off while it tries, it tries no more", async () => {
  const { connect, disconnect, w, said } = gateway();
  w.isThere = false;
  await connect(account);
  await disconnect();
  window.dispatchEvent(new Event("online"));
  expect(w.clock.pending).toBe(0);
  expect(said).toEqual(["connecting", "lost", "off"]);
});

test("asked twice at once, it registers once", async () => {
  const { connect, w, said } = gateway();
  const both = Promise.all([connect(account), connect({ ...account })]);
  window.dispatchEvent(new Event("online"));
  await both;
  expect(w.roads).toHaveLength(1);
  expect(said).toEqual(["connecting", "ready"]);
  expect(w.registrations).toBe(1);
});

test("the way there and back is timed, and not for ever", async () => {
  const { connect, check, w, pass } = gateway();
  const roundTrip = async () => (await check(async () => "ready")).roundTripMs;
  expect(await roundTrip()).toBeNull();
  await connect(account);
  expect(await roundTrip()).toBe(0);
  w.answersPings = false;
  const asked = roundTrip();
  await pass(5_000);
  expect(await asked).toBeNull();
});
