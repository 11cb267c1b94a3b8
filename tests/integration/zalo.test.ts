import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../support/meta.ts";
import { say } from "../support/talk.ts";
import { received, type ZaloWorld, zaloWorld } from "../support/zalo.ts";

describe.each(["sqlite", "postgres"] as const)("Zalo on %s", (engine) => {
  let z: ZaloWorld;
  beforeEach(async () => {
    z = await zaloWorld({ engine });
  });
  afterEach(() => z.close());

  const states = async (userId: string) =>
    (await rowsOf(z.w, userId)).filter((m) => m.direction === "out").map((m) => m.state);

  test("a message makes work, its answer arrives, and its receipts move it on", async () => {
    const { customer, ...t } = await z.talk({ text: "Đơn hàng của tôi đâu ạ?" });
    expect((await rowsOf(z.w, customer.userId)).map((m) => m.text)).toEqual(["Đơn hàng của tôi đâu ạ?"]);
    customer.set({ offline: true });
    await say(t, "Dạ em kiểm tra ngay ạ");
    await z.settle();
    expect(received(customer)).toMatchObject([{ text: "Dạ em kiểm tra ngay ạ", charged: false }]);
    expect(await states(customer.userId)).toEqual(["sent"]);
    await z.zalo.online(customer);
    await z.settle();
    expect(await states(customer.userId)).toEqual(["delivered"]);
    await customer.read();
    await z.settle();
    expect(await states(customer.userId)).toEqual(["read"]);
    expect(await rowsOf(z.w, customer.userId)).toHaveLength(2);
  });
});
