import { expect, test } from "vitest";
import { startSmsc } from "../../simulators/smpp/index.ts";
import { killable } from "../../support/killable.ts";
import { killedInMidSend } from "../../support/killed-in-mid-send.ts";
import { preparedStore } from "../../support/page-writer.ts";
import { connectSmpp, SMSC_PASSWORD } from "../../support/smpp.ts";
import { CUSTOMER } from "../../support/sms.ts";
import { threadVendors } from "../../support/thread-vendors.ts";
import { until } from "../../support/until.ts";
import { vendors } from "../../support/vendors.ts";

test.each(Object.entries({ ...vendors, ...threadVendors }))(
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
