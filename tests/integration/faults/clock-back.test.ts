import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../../support/meta.ts";
import { say, talk } from "../../support/talk.ts";
import { until } from "../../support/until.ts";
import { interactions, pass } from "../../support/work.ts";
import { type World, world } from "../../support/world.ts";

const HOURS = 2 * 3_600_000;

describe.each(["sqlite", "postgres"] as const)(
  "F6: the wall clock set back by two hours, on %s",
  (engine) => {
    let w: World;
    beforeEach(async () => {
      w = await world({ engine });
    });
    afterEach(() => w.close());

    async function waiting() {
      const t = await talk(w);
      w.facebook.faults.set("send.throttle", "613", { times: 1 });
      await say(t, "còn nợ khách");
      await until(async () => (await due("outbox")).length > 0, "the answer waits for its next try");
      const other = await talk(w, { agent: t.agent, name: "Lê Thị Khác" });
      await t.agent.call("interaction.end", {
        interactionId: other.interaction.id,
        version: other.interaction.version,
      });
      return { t, other };
    }
    const due = async (table: "outbox" | "timer") =>
      table === "outbox"
        ? (
            await w.gateway.ctx.store.db
              .selectFrom("outbox")
              .where("kind", "=", "message")
              .selectAll()
              .execute()
          )
            .filter((r) => r.attempts > 0)
            .map((r) => r.next_at)
        : (
            await w.gateway.ctx.store.db
              .selectFrom("timer")
              .where("kind", "=", "wrap_up")
              .selectAll()
              .execute()
          ).map((r) => r.due_at);

    const goesOn = async ({ t, other }: Awaited<ReturnType<typeof waiting>>) => {
      await pass(w, 5 * 60_000);
      const [answer] = (await rowsOf(w, t.customer.psid)).filter((r) => r.direction === "out");
      expect(answer?.state).toMatch(/sent|delivered/);
      const ended = (await interactions(w)).find((i) => i.id === other.interaction.id);
      expect(ended?.state).toBe("closed");
    };

    test("while nobody runs: what waited goes on waiting as long as it would have", async () => {
      const before = await waiting();
      await w.restart(() => w.clock.step(-HOURS));
      await w.settle();
      expect(Math.max(...(await due("timer")))).toBeLessThanOrEqual(w.clock.now() + 60_000);
      await goesOn(before);
    });

    test("while it runs, and then started again", async () => {
      const before = await waiting();
      w.clock.step(-HOURS);
      await pass(w, 5_000);
      await w.restart();
      await w.settle();
      await goesOn(before);
    });
  },
);
