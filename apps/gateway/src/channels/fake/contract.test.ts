import { AppError } from "@tongdai/shared";
import { fakeClock } from "@tongdai/shared/testing";
import { type ChannelFault, type ChannelHarness, channelContract } from "../contract-suite.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { type Answer, fakeChannel } from "./index.ts";

const retry = { kind: "retry", detail: "told", afterMs: null, attempts: 3 } as const;

const answers: Readonly<Record<ChannelFault, Answer>> = {
  throttled: { ...retry, scope: "account", code: "throttled" },
  temporary: { ...retry, scope: "message", code: "temporary" },
  unreachable: { ...retry, scope: "account", code: "no_answer" },
  token_dead: { kind: "paused", state: "login_needed", code: "login_needed", detail: "told" },
  restricted: { kind: "paused", state: "restricted", code: "page_restricted", detail: "told" },
  refused: { kind: "failed", code: "outside_window", detail: "told" },
  garbled: { kind: "unknown", detail: "told" },
  lost: { kind: "unknown", detail: "told" },
  hang: () => new Promise(() => {}),
};

async function fakeHarness(): Promise<ChannelHarness> {
  const fake = fakeChannel({ id: "sms" });
  fake.profiles.set("customer-1", { name: "Trần Hà", pictureUrl: null });
  const config = fake.config();
  const unreachable = new AppError("unavailable", "told");
  const paused = new AppError("channel_paused", "told", { state: "login_needed" });
  return {
    channel: fake.channel,
    deps: { fetch, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
    config,
    required: ["externalId", "secret", "verifyToken"],
    customer: "customer-1",
    sign: fake.sign,
    handshake: { query: { token: config.verifyToken, challenge: "77" }, answer: "77" },
    messageBody: ({ from, id, text }) => ({
      items: [fake.inbound().message({ from, externalId: id, text })],
    }),
    fault: (fault) => {
      fake.always(fault && answers[fault]);
      const error = fault === "unreachable" ? unreachable : fault === "token_dead" ? paused : null;
      fake.answerActs(error);
      fake.profiles.set("customer-1", error ?? { name: "Trần Hà", pictureUrl: null });
      const refused = { state: "login_needed", name: null, detail: "told" } as const;
      fake.answerChecks(fault === "unreachable" ? unreachable : fault === "token_dead" ? refused : null);
    },
    accepted: () => fake.sent.length,
    nextRequest: () => fake.attempted(fake.attempts.length + 1),
    close: async () => {},
  };
}

channelContract("fake", fakeHarness);
