import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type SmsSimulator, startSmsSimulator } from "./index.ts";

const CUSTOMER = "+84901234567";
const account = {
  provider: "speedsms",
  sender: "19001234",
  keys: { accessToken: "t" },
  // Nobody listens there: what is told to nobody is on the phone all the same.
  webhookUrl: "http://127.0.0.1:1/webhooks/sms/key",
} as const;
const folder = mkdtempSync(join(tmpdir(), "tongdai-sms-"));
let sim: SmsSimulator;

afterEach(async () => {
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
});

test("phones keep their texts over a stop, and no id is given out twice", async () => {
  const start = () => startSmsSimulator({ accounts: [account], stateFile: join(folder, "phones.json") });
  const write = (text: string) => sim.write({ from: CUSTOMER, to: account.sender, text });
  sim = await start();
  await write("một");
  await sim.close();
  sim = await start();
  await write("hai");
  const texts = sim.texts(CUSTOMER);
  expect(texts.map((t) => t.text)).toEqual(["một", "hai"]);
  expect(new Set(texts.map((t) => t.id)).size).toBe(2);
});

test("what went to the webhook is told, with what became of it", async () => {
  sim = await startSmsSimulator({ accounts: [account] });
  await sim.write({ from: CUSTOMER, to: account.sender, text: "một" });
  expect(sim.log).toMatchObject([{ what: "incoming", status: 0 }]);
  expect(["waiting", "lost"]).toContain(sim.log[0]?.state);
});
