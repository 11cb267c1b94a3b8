import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "../support/world.ts";

/** A delivery of thousands of items is one commit; a statement of PostgreSQL takes 65535 parameters and no more. */
describe.each(["sqlite", "postgres"] as const)(
  "ten thousand journal entries in one commit on %s",
  (engine) => {
    let w: World;
    beforeEach(async () => {
      w = await world({ engine });
    });
    afterEach(() => w.close());

    test("are numbered in order and told once", async () => {
      const { store } = w.gateway.ctx;
      const told: number[] = [];
      const undo = store.follow((entries) => {
        for (const e of entries) if (e.name === "canned_reply.removed") told.push(e.at);
      });
      await store.write(async (tx) => {
        for (let at = 1; at <= 10_000; at++)
          tx.journal({
            name: "canned_reply.removed",
            at,
            actorId: null,
            scopes: ["user:x"],
            data: { id: "" },
          });
      });
      await w.settle();
      undo();
      expect(told).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
    });
  },
);
