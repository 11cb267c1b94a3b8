import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Account } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { zalo } from "./index.ts";
import {
  type ApiStub,
  apiStub,
  healthyAccount,
  keptTokens,
  stubConfig,
  zaloError,
} from "./testing/api-stub.ts";

const signal = new AbortController().signal;
const DAY = 24 * 3_600_000;
const noon = Date.UTC(2026, 10, 22, 5);
let stub: ApiStub;
let account: Account;
beforeEach(async () => {
  stub = await apiStub();
  const credentials = memoryCredentials(keptTokens(noon, { refreshUntil: noon + 60 * DAY }));
  account = zalo.open(
    { ...stubConfig, apiUrl: stub.url, businessUrl: stub.url, oauthUrl: stub.url },
    { fetch, clock: fakeClock(noon), credentials, publicUrl: null },
  );
});
afterEach(() => stub.close());

const whenQuota = (answer: ReturnType<typeof zaloError>) =>
  stub.reply((request) =>
    request.path === "/message/quota" ? answer : healthyAccount(stub.door, request, () => "1"),
  );

it("tells until when the permission is good, and how many templates may go before midnight in Vietnam", async () => {
  whenQuota({ json: { error: 0, data: { dailyQuota: "500", remainingQuota: "20" } } });
  expect(await account.check(signal)).toMatchObject({
    state: "ok",
    facts: [
      { kind: "expiry", at: noon + 60 * DAY, renews: true },
      { kind: "quota", of: "templates", left: 20, total: 500, resetsAt: Date.UTC(2026, 10, 22, 17) },
    ],
  });
});

it("is well without templates too", async () => {
  whenQuota(zaloError(-120));
  expect(await account.check(signal)).toMatchObject({ state: "ok", facts: [{ kind: "expiry" }] });
});
