import type { CommandInput } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as customers } from "../customers/index.ts";
import { authenticate, createUser, logIn } from "../users/index.ts";
import { audit, handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("audit on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    await ctx.store.write((tx) => tx.db.deleteFrom("audit").execute());
  });
  afterEach(() => ctx.close());

  const list = (caller: Scene["admin"], input: CommandInput<"audit.list"> = {}) =>
    ask(ctx, caller, { name: "audit.list", handler: handlers["audit.list"], input });
  const note = (name: string, more: Partial<Parameters<typeof audit>[2]> = {}) =>
    ctx.store.write((tx) =>
      audit(tx, ctx, { by: s.admin, action: "queue.saved", target: newId(), detail: { n: name }, ...more }),
    );

  test("is read newest first, page by page, each row once, also where many happened in one moment", async () => {
    for (let n = 0; n < 7; n++) {
      await note(`thing.${n}`);
      if (n === 4) ctx.clock.advance(1_000);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(s.admin, { limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map((r) => String(r.detail["n"])));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `thing.${n}`));
    expect((await list(s.admin)).rows[0]).toMatchObject({
      actorId: s.admin.userId,
      detail: { n: "thing.6" },
    });
  });

  test("tells from where it was done, whose number was seen, and no number to who may not see one", async () => {
    const password = "a-password-of-hers";
    const ha = { username: "ha", password, address: "203.0.113.7", userAgent: "x" };
    await createUser(ctx, null, { username: "ha", name: "Hà", password, roles: ["supervisor"] });
    const caller = await authenticate(ctx, (await logIn(ctx, ha)).token);
    const { customerId } = await work(ctx, s, { queueId: s.care, name: "Chị Lan 0901234567" });
    await ask(ctx, caller, {
      name: "customer.get",
      handler: customers["customer.get"],
      input: { customerId },
    });
    const refused = logIn(ctx, { ...ha, password: "wrong-one", address: "203.0.113.9" });
    await expect(refused).rejects.toMatchObject({ code: "bad_credentials" });
    const rows = (await list(s.admin)).rows.map(({ action, actorId, address, targetName }) => ({
      action,
      actorId,
      address,
      targetName,
    }));
    const seen = { action: "customer.revealed", actorId: caller.userId, address: "203.0.113.7" };
    expect(rows).toContainEqual({ ...seen, targetName: expect.stringMatching(/^Chị Lan 0901 \*\*\* 567$/) });
    const opened = { action: "session.opened", actorId: caller.userId, address: "203.0.113.7" };
    expect(rows).toContainEqual({ ...opened, targetName: null });
    const told = { action: "session.refused", actorId: null, address: "203.0.113.9" };
    expect(rows).toContainEqual({ ...told, targetName: null });
  });

  test("is searched by words without accents, the last one begun, and narrowed by who, what, whom and when, together", async () => {
    const target = newId();
    await note("Đổi tên hàng chờ Bảo hành", { target });
    ctx.clock.advance(60_000);
    const then = ctx.clock.now();
    await note("Chăm sóc", { by: s.ha, action: "hours.saved", target });
    ctx.clock.advance(60_000);
    await note("Bảo hành", { by: null, action: "session.refused", address: "203.0.113.9" });
    const names = async (input: CommandInput<"audit.list">) =>
      (await list(s.admin, input)).rows.map((r) => r.detail["n"]);
    expect(await names({ text: "bao hanh" })).toEqual(["Bảo hành", "Đổi tên hàng chờ Bảo hành"]);
    expect(await names({ text: "hang doi tê" })).toEqual(["Đổi tên hàng chờ Bảo hành"]);
    expect(await names({ text: "203.0.113.9" })).toEqual(["Bảo hành"]);
    expect(await names({ text: "khong co" })).toEqual([]);
    expect(await names({ actor: s.ha.userId })).toEqual(["Chăm sóc"]);
    expect(await names({ actor: "system" })).toEqual(["Bảo hành"]);
    expect(await names({ target })).toEqual(["Chăm sóc", "Đổi tên hàng chờ Bảo hành"]);
    expect(await names({ from: then, until: then + 1 })).toEqual(["Chăm sóc"]);
    expect(await names({ text: "bao", until: then })).toEqual(["Đổi tên hàng chờ Bảo hành"]);
    expect(await names({ text: "bao", action: "session.refused", actor: "system" })).toEqual(["Bảo hành"]);
    expect(await names({ text: "bao", target, actor: s.ha.userId })).toEqual([]);
  });

  test("a search is read page by page too", async () => {
    for (let n = 0; n < 5; n++) await note(`kết quả ${n}`);
    const first = await list(s.admin, { text: "ket qua", limit: 3 });
    const rest = await list(s.admin, { text: "ket qua", limit: 3, cursor: first.next ?? "" });
    const names = [...first.rows, ...rest.rows].map((r) => r.detail["n"]);
    expect(names).toEqual([4, 3, 2, 1, 0].map((n) => `kết quả ${n}`));
    expect(rest.next).toBeNull();
  });

  test("nothing is noted of what did not happen", async () => {
    const failed = ctx.store.write(async (tx) => {
      await audit(tx, ctx, { by: null, action: "user.created", target: "x" });
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect((await list(s.admin)).rows).toEqual([]);
  });

  test("a cursor of another list is refused", async () => {
    await expect(list(s.admin, { cursor: "1; drop table audit" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});
