import { afterEach, beforeEach, expect, test } from "vitest";
import { countOf } from "../support/meta.ts";
import { arrives, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const DAY = 24 * 3_600_000;
let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

test("the body of a webhook is kept for thirty days and a day later it is gone; the message stays", async () => {
  await arrives(w);
  for (let day = 0; day < 30; day++) await pass(w, DAY);
  expect(await countOf(w, "delivery")).toBe(1);
  await pass(w, DAY);
  expect([await countOf(w, "delivery"), await countOf(w, "message")]).toEqual([0, 1]);
});
