import type { PhoneWorld } from "../../apps/desktop/src/renderer/softphone/contract-suite.ts";
import type {
  PhoneAccount,
  PhoneEvent,
  Softphone,
} from "../../apps/desktop/src/renderer/softphone/softphone.ts";
import type { Talk } from "../../apps/desktop/src/renderer/state/talk.ts";
import type { TestExchange } from "./phone-exchange.ts";
import { until } from "./until.ts";

/** Somebody's phone, wherever it runs. */
export interface TestPhone {
  readonly user: string;
  readonly phone: Omit<Softphone, "subscribe">;
  events(): Promise<readonly PhoneEvent[]>;
  allowMicrophone(is: boolean): Promise<unknown>;
}

export const lastTalk = async (phone: TestPhone): Promise<Talk | undefined> =>
  (await phone.events()).findLast((e) => e.kind === "talk")?.talk;

export const lastId = async (phone: TestPhone): Promise<string> => (await lastTalk(phone))?.id ?? "";

export const rings = (phone: TestPhone): Promise<void> =>
  until(async () => (await lastTalk(phone))?.phase === "ringing", `a call to ${phone.user}`);

/** Takes the call that rings or will. @returns its id */
export async function takeCall(phone: TestPhone): Promise<string> {
  await rings(phone);
  const id = await lastId(phone);
  await phone.phone.answer(id);
  return id;
}

export async function logIn(phone: TestPhone, account: PhoneAccount): Promise<void> {
  await phone.phone.connect(account);
  await until(
    async () => (await phone.events()).findLast((e) => e.kind === "status")?.status === "ready",
    `the phone of ${phone.user}`,
  );
}

interface Phones {
  readonly exchange: TestExchange;
  readonly open: (user: string) => Promise<TestPhone>;
  readonly close: () => Promise<unknown>;
}

/** Three phones at an exchange, for the contract of a softphone. */
export async function phoneWorld({ exchange, open, close }: Phones): Promise<PhoneWorld> {
  const [lan, khach, minh] = [await open("lan"), await open("khach"), await open("minh")];
  const { account, cut, workIs } = exchange;
  for (const other of [khach, minh]) await logIn(other, account(other.user));
  let [first, asked] = ["", ""];
  const talks = (phone: TestPhone): Promise<void> =>
    until(async () => (await lastTalk(phone))?.phase === "talking", `${phone.user} to talk`);
  return {
    phone: lan.phone,
    events: lan.events,
    account: (password) => account("lan", password),
    other: "khach",
    third: "minh",
    ring(interactionId) {
      workIs(interactionId);
      return khach.phone.call("lan");
    },
    otherRings: () => rings(khach),
    otherAnswers: () => takeCall(khach),
    thirdAnswers: () => takeCall(minh),
    async thirdAsks() {
      await khach.phone.call("minh");
      first = await takeCall(minh);
      await talks(minh);
      await minh.phone.hold(first, true);
      asked = await minh.phone.call("lan");
    },
    async thirdHandsOver() {
      await talks(minh);
      await minh.phone.join(first, asked);
    },
    async otherDeclines() {
      await rings(khach);
      await khach.phone.decline(await lastId(khach));
    },
    otherHangsUp: async () => khach.phone.hangUp(await lastId(khach)),
    otherHolds: async (on) => khach.phone.hold(await lastId(khach), on),
    otherEnded: async () => (await lastTalk(khach))?.cause ?? null,
    cut: async () => cut("lan"),
    allowMicrophone: lan.allowMicrophone,
    async close() {
      await close();
      if (exchange.faults.length > 0) throw new Error(exchange.faults.join("\n"));
    },
  };
}
