import { expect, test } from "vitest";
import { startSmsc } from "../../simulators/smpp/index.ts";
import { startSmsSimulator } from "../../simulators/sms/index.ts";
import { startZaloSimulator } from "../../simulators/zalo/index.ts";
import { killable } from "../../support/killable.ts";
import { killedInMidSend, type SilentVendor } from "../../support/killed-in-mid-send.ts";
import { preparedStore } from "../../support/page-writer.ts";
import { connectSmpp, SMSC_PASSWORD } from "../../support/smpp.ts";
import { CUSTOMER, connectSender } from "../../support/sms.ts";
import { until } from "../../support/until.ts";
import { connectOa, FIRST_TOKEN, OA, received, ZALO_APP } from "../../support/zalo.ts";

const LATE_MS = 600_000;

async function smsOverHttp(url: string): Promise<SilentVendor> {
  const sim = await startSmsSimulator();
  let to = "";
  return {
    hosts: [new URL(sim.url).host],
    async connect(gateway, queueId) {
      to = await connectSender(gateway, { sim, provider: "twilio", queueId, url });
    },
    async write(text) {
      expect(await sim.write({ from: CUSTOMER, to, text })).toBe(200);
    },
    hold() {
      sim.faults.set("send.delay", LATE_MS, { times: 1 });
      sim.faults.set("report.drop", true, { times: 1 });
    },
    received: () => sim.texts(CUSTOMER).flatMap((t) => (t.direction === "to" ? [t.text] : [])),
    close: () => sim.close(),
  };
}

async function smpp(): Promise<SilentVendor> {
  const smsc = await startSmsc(SMSC_PASSWORD);
  return {
    hosts: [],
    connect: (gateway, queueId) => connectSmpp(gateway, { smsc, queueId }),
    async write(text) {
      await until(() => smsc.receivers() === 1, "the receiver");
      expect(await smsc.write({ from: CUSTOMER.slice(1), parts: [text] })).toEqual([0]);
    },
    hold: () => smsc.faults.submits.push("late"),
    received: () => smsc.texts.map((t) => t.text),
    close: () => smsc.close(),
  };
}

async function zalo(url: string): Promise<SilentVendor> {
  const oa = { ...OA, refreshToken: FIRST_TOKEN };
  const sim = await startZaloSimulator({
    apps: [{ ...ZALO_APP, webhookUrl: `${url}/webhooks/zalo/${ZALO_APP.appId}`, oas: [oa] }],
  });
  const customer = sim.customer({ oaId: oa.oaId, name: "Trần Hà" });
  return {
    hosts: [new URL(sim.url).host],
    connect: (gateway, queueId) => connectOa(gateway, { oa, queueId, url: sim.url }),
    write: (text) => customer.text(text),
    hold() {
      sim.faults.set("send.delay", LATE_MS, { times: 1 });
      for (const fault of ["echo.drop", "received.drop"] as const) sim.faults.set(fault, true, { times: 1 });
    },
    received: () => received(customer).map((m) => m.text ?? ""),
    close: () => sim.close(),
  };
}

test.each([
  ["SMS over HTTP", smsOverHttp],
  ["SMPP", smpp],
  ["Zalo", zalo],
] as const)(
  "%s: what a killed gateway was sending is unknown and never a second copy, and what came after it leaves once",
  async (_, begin) => {
    const { states, received: shown } = await killedInMidSend(begin);
    expect(shown).toEqual(["một", "hai"]);
    expect(states[0]).toEqual(["một", "unknown"]);
    expect(states[1]?.[0]).toBe("hai");
    expect(["sent", "delivered"]).toContain(states[1]?.[1]);
  },
);

test("S15: what a message centre repeats to the gateway that follows a killed one is shown once, and the same words later are new", async () => {
  const k = await killable("sqlite");
  const smsc = await startSmsc(SMSC_PASSWORD);
  const write = () => smsc.write({ from: CUSTOMER.slice(1), parts: ["Alo"] });
  try {
    await preparedStore(k, (gateway, queueId) => connectSmpp(gateway, { smsc, queueId }));
    const first = await k.start([]);
    await until(() => smsc.receivers() === 1, "the receiver");
    smsc.faults.deaf = true;
    const lost = write();
    await until(() => smsc.answered === 1, "the answer that gets lost");
    await first.kill();
    expect(await lost).toEqual([]);
    smsc.faults.deaf = false;
    const { gateway } = await k.survivor([]);
    const shown = async () =>
      (await gateway.ctx.store.db.selectFrom("message").select("id").where("kind", "=", "message").execute())
        .length;
    await until(() => smsc.receivers() === 1, "the receiver again");
    expect(await write()).toEqual([0]);
    await gateway.settle();
    expect(await shown()).toBe(1);
    expect(await write()).toEqual([0]);
    await gateway.settle();
    expect(await shown()).toBe(2);
    await gateway.close();
  } finally {
    await smsc.close();
    await k.close();
  }
});
