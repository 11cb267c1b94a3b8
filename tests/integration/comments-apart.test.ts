import { dateOf } from "@tongdai/shared";
import { expect, onTestFinished, test } from "vitest";
import { pass } from "../support/work.ts";
import { PAGE, world } from "../support/world.ts";

test.each(["sqlite", "postgres"] as const)(
  "comments and messages of one page are told apart by reports and by the filter of channels, on %s",
  async (engine) => {
    const w = await world({ engine, startAt: "2026-11-22T09:00:00+07:00" });
    onTestFinished(() => w.close());
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const guest = (name: string) => w.facebook.customer({ pageId: PAGE.pageId, name });
    await guest("Mai").comment("Giá bao nhiêu ạ?");
    await guest("Bình").comment("Còn hàng không?");
    await guest("Lan").text("Xin chào");
    await w.settle();
    await pass(w, 10_000);

    const shown = async (channel?: "facebook" | "facebook_comments") => {
      const { conversations } = await ha.call("conversation.list", {
        view: "open",
        ...(channel && { channel }),
      });
      return conversations.map((c) => c.customerName).toSorted();
    };
    expect(await shown()).toEqual(["Bình", "Lan", "Mai"]);
    expect(await shown("facebook_comments")).toEqual(["Bình", "Mai"]);
    expect(await shown("facebook")).toEqual(["Lan"]);

    const day = dateOf(w.clock.now(), "Asia/Ho_Chi_Minh");
    const time = { from: day, to: day, groupBy: "channel" } as const;
    const { rows } = await ha.call("report.query", time);
    expect(Object.fromEntries(rows.map((r) => [r.key, r.sums.interactions]))).toEqual({
      facebook: 1,
      facebook_comments: 2,
    });
    const filter = { channel: "facebook_comments" as const };
    const { total } = await ha.call("report.query", { ...time, filter });
    expect(total.interactions).toBe(2);
  },
);
