import { AppError, type CommandParsed, type ErrorCode } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { sha256Hex } from "../../secrets.ts";
import { interactionById } from "../../store/interactions.ts";
import { entriesAfter } from "../../store/journal.ts";
import { agentById } from "../../store/people.ts";
import { journalOf, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { authenticate, createUser, handlers, loadCaller, logIn, logOut } from "./index.ts";

const HOUR = 3_600_000;
const password = "mat khau dai";
const device = { address: "203.0.113.7", userAgent: "test" };

describe.each(["sqlite", "postgres"] as const)("people on %s", (engine) => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
  });
  afterEach(() => ctx.close());

  const person = (username: string, roles: CommandParsed<"user.create">["roles"] = ["agent"]) =>
    createUser(ctx, null, { username, name: username, password, roles });
  const enter = async (username: string): Promise<{ token: string; caller: Caller }> => {
    const { token } = await logIn(ctx, { username, password, ...device });
    return { token, caller: await authenticate(ctx, token) };
  };
  const code = (pending: Promise<unknown>): Promise<ErrorCode | "none"> =>
    pending.then(
      () => "none" as const,
      (e: unknown) => {
        if (e instanceof AppError) return e.code;
        throw e;
      },
    );
  const ended = async () =>
    (await journalOf(ctx, "session.ended")).flatMap(
      (row) => (JSON.parse(row.data) as { sessionIds: string[] }).sessionIds,
    );
  const actions = async () =>
    (await ctx.store.db.selectFrom("audit").select("action").orderBy("id").execute()).map((r) => r.action);

  test("a person logs in under any spelling of the name and is told from the token", async () => {
    const lan = await person("lan", ["agent", "supervisor"]);
    const { token, user } = await logIn(ctx, { username: "  LAN ", password, ...device });
    expect(user).toEqual(lan);
    const caller = await authenticate(ctx, token);
    expect(caller).toMatchObject({ userId: lan.id, roles: ["agent", "supervisor"], queueIds: [] });
    expect(caller.permissions.has("conversations.see_all")).toBe(true);
    expect(await loadCaller(ctx, lan.id, caller.sessionId)).toEqual(caller);
    expect(await actions()).toEqual(["user.created", "session.opened"]);
  });

  test("the store holds neither password nor token", async () => {
    await person("lan");
    const { token } = await enter("lan");
    const user = await ctx.store.db.selectFrom("user").selectAll().executeTakeFirstOrThrow();
    const session = await ctx.store.db.selectFrom("session").selectAll().executeTakeFirstOrThrow();
    expect(user.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(session.token_hash).toBe(sha256Hex(token));
    expect(JSON.stringify([user, session])).not.toContain(token);
  });

  test("wrong password, unknown name and disabled person get one answer", async () => {
    await person("boss", ["admin"]);
    const minh = await person("minh");
    const { caller } = await enter("boss");
    await handlers["user.update"](ctx, caller, { userId: minh.id, disabled: true });
    const tries = [
      { username: "boss", password: "wrong wrong" },
      { username: "nobody", password },
      { username: "minh", password },
    ];
    for (const t of tries) {
      const refused = logIn(ctx, { ...t, ...device });
      await expect(refused).rejects.toMatchObject({ code: "bad_credentials", details: undefined });
    }
    expect((await actions()).filter((a) => a === "session.refused")).toHaveLength(3);
    const unknown = await ctx.store.db
      .selectFrom("audit")
      .selectAll()
      .where("target", "=", "unknown")
      .execute();
    expect(JSON.stringify(unknown)).not.toContain("nobody");
  });

  test("a sixth try after five failures from one address is refused, right password or not; other addresses are not", async () => {
    await person("lan");
    const wrong = { username: "lan", password: "wrong wrong", ...device };
    const codes = await Promise.all(Array.from({ length: 9 }, () => code(logIn(ctx, wrong))));
    // Two may be in hand while the fifth fails.
    expect(codes.filter((c) => c === "bad_credentials").length).toBeLessThanOrEqual(6);
    expect(await code(logIn(ctx, { ...wrong, password }))).toBe("rate_limited");
    expect(await code(logIn(ctx, { ...wrong, password, address: "203.0.113.8" }))).toBe("none");
  });

  test("log-ins that succeed are not counted", async () => {
    await person("lan");
    for (let i = 0; i < 8; i++) await enter("lan");
    expect(await actions()).toHaveLength(9);
  });

  test("an account is closed to guesses from many addresses after twenty failures", async () => {
    await person("lan");
    const from = (n: number) => ({
      username: "lan",
      password: "wrong wrong",
      userAgent: "",
      address: `198.51.100.${n}`,
    });
    for (let n = 0; n < 20; n++) expect(await code(logIn(ctx, from(n)))).toBe("bad_credentials");
    expect(await code(logIn(ctx, { ...from(99), password }))).toBe("rate_limited");
  });

  test("the addresses of one IPv6 network count together", async () => {
    await person("lan");
    const from = (n: number) => ({
      username: `x${n}`,
      password: "wrong wrong",
      userAgent: "",
      address: `2001:db8:1:2::${n}`,
    });
    for (let n = 1; n <= 5; n++) expect(await code(logIn(ctx, from(n)))).toBe("bad_credentials");
    expect(await code(logIn(ctx, from(6)))).toBe("rate_limited");
  });

  test("a session ends after twelve idle hours, and thirty days whatever happens", async () => {
    await person("lan");
    const { token } = await enter("lan");
    for (let h = 11; h < 30 * 24; h += 11) {
      ctx.clock.advance(11 * HOUR);
      expect(await code(authenticate(ctx, token))).toBe("none");
    }
    ctx.clock.advance(11 * HOUR);
    expect(await code(authenticate(ctx, token))).toBe("unauthenticated");

    const second = await enter("lan");
    ctx.clock.advance(12 * HOUR);
    expect(await code(authenticate(ctx, second.token))).toBe("unauthenticated");
    expect(await code(loadCaller(ctx, second.caller.userId, second.caller.sessionId))).toBe(
      "unauthenticated",
    );
  });

  test("sessions are listed, and ending one leaves the others", async () => {
    await person("lan");
    const here = await enter("lan");
    ctx.clock.advance(1_000);
    const there = await enter("lan");
    const { sessions } = await handlers["session.list"](ctx, here.caller);
    expect(sessions.map((s) => [s.id, s.current])).toEqual([
      [there.caller.sessionId, false],
      [here.caller.sessionId, true],
    ]);
    await handlers["session.revoke"](ctx, here.caller, { sessionId: there.caller.sessionId });
    expect(await ended()).toEqual([there.caller.sessionId]);
    expect(await code(authenticate(ctx, there.token))).toBe("unauthenticated");
    expect(await code(authenticate(ctx, here.token))).toBe("none");
    await logOut(ctx, here.caller);
    expect(await code(authenticate(ctx, here.token))).toBe("unauthenticated");
    expect((await actions()).slice(-2)).toEqual(["session.revoked", "session.closed"]);
  });

  test("nobody ends another person's session", async () => {
    await person("lan");
    await person("minh");
    const lan = await enter("lan");
    const minh = await enter("minh");
    const stolen = handlers["session.revoke"](ctx, minh.caller, { sessionId: lan.caller.sessionId });
    expect(await code(stolen)).toBe("not_found");
    expect(await code(authenticate(ctx, lan.token))).toBe("none");
  });

  test("a new password ends the other sessions and needs the old one", async () => {
    await person("lan");
    const here = await enter("lan");
    const there = await enter("lan");
    const change = (current: string) =>
      handlers["password.change"](ctx, here.caller, { current, next: "mat khau moi" });
    expect(await code(change("wrong"))).toBe("bad_credentials");
    expect(await code(change(password))).toBe("none");
    expect(await ended()).toEqual([there.caller.sessionId]);
    expect(await code(authenticate(ctx, here.token))).toBe("none");
    expect(await code(logIn(ctx, { username: "lan", password, ...device }))).toBe("bad_credentials");
    expect(await code(logIn(ctx, { username: "lan", password: "mat khau moi", ...device }))).toBe("none");
  });

  test("a password that somebody else gave opens nothing until one of one's own takes its place", async () => {
    await person("boss", ["admin"]);
    const { caller } = await enter("boss");
    const given = { username: "minh", name: "Minh", password: "duoc cho san", roles: ["agent" as const] };
    const { user } = await handlers["user.create"](ctx, caller, given);
    const tryWith = (password: string, newPassword?: string) =>
      code(logIn(ctx, { username: "minh", password, newPassword, ...device }));
    expect(await tryWith("duoc cho san")).toBe("password_change_required");
    expect(await tryWith("sai sai sai", "cua rieng toi")).toBe("bad_credentials");
    expect(await tryWith("duoc cho san", "duoc cho san")).toBe("invalid_input");
    expect(
      await ctx.store.db.selectFrom("session").select("id").where("user_id", "=", user.id).execute(),
    ).toEqual([]);
    expect(await tryWith("duoc cho san", "cua rieng toi")).toBe("none");
    expect((await actions()).slice(-2)).toEqual(["password.changed", "session.opened"]);
    expect(await tryWith("duoc cho san", "cua rieng toi")).toBe("bad_credentials");
    expect(await tryWith("cua rieng toi")).toBe("none");
    // Given again: the same again. One's own change asks for nothing more.
    await handlers["user.update"](ctx, caller, { userId: user.id, password: "lai cho san" });
    expect(await tryWith("lai cho san")).toBe("password_change_required");
    await handlers["user.update"](ctx, caller, { userId: caller.userId, password: "tu doi cho minh" });
    expect(await code(logIn(ctx, { username: "boss", password: "tu doi cho minh", ...device }))).toBe("none");
  });

  test("a name is taken once", async () => {
    await person("lan");
    expect(await code(person("lan"))).toBe("conflict");
  });

  test("agents and supervisors have a state, administrators have none until they take part", async () => {
    const boss = await person("boss", ["admin"]);
    const lan = await person("lan");
    const states = () =>
      ctx.store.db
        .selectFrom("agent_state")
        .select(["user_id", "state", "limit_call", "limit_chat", "limit_mail"])
        .execute();
    expect(await states()).toEqual([
      { user_id: lan.id, state: "offline", limit_call: 1, limit_chat: 3, limit_mail: 5 },
    ]);
    const { caller } = await enter("boss");
    await handlers["user.update"](ctx, caller, { userId: boss.id, roles: ["admin", "supervisor"] });
    expect(await states()).toHaveLength(2);
  });

  test("new people are told to everybody, without their password", async () => {
    const lan = await person("lan");
    const rows = await ctx.store.db
      .selectFrom("journal")
      .select(["name", "scopes", "data"])
      .orderBy("seq")
      .execute();
    expect(rows.map((r) => [r.name, r.scopes])).toEqual([
      ["user.saved", '["org"]'],
      ["agent.changed", '["org"]'],
    ]);
    expect(JSON.parse(rows[0]?.data ?? "")).toEqual({ user: lan });
  });

  test("another password and disabling each end the person's sessions; another name and other roles do not", async () => {
    await person("boss", ["admin"]);
    const lan = await person("lan");
    const boss = await enter("boss");
    const changes = [{ password: "mat khau khac" }, { disabled: true }];
    const given = [{ password }, { password: "mat khau khac", newPassword: "mat khau rieng" }];
    for (const [i, change] of changes.entries()) {
      const { token, sessionId } = await logIn(ctx, {
        username: "lan",
        password: "",
        ...given[i],
        ...device,
      });
      await handlers["user.update"](ctx, boss.caller, {
        userId: lan.id,
        name: `Lan ${i}`,
        roles: ["supervisor"],
      });
      expect(await code(authenticate(ctx, token))).toBe("none");
      await handlers["user.update"](ctx, boss.caller, { userId: lan.id, ...change });
      expect(await code(authenticate(ctx, token))).toBe("unauthenticated");
      expect((await ended()).at(-1)).toBe(sessionId);
    }
    const { detail } = await ctx.store.db
      .selectFrom("audit")
      .select("detail")
      .where("action", "=", "user.updated")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(detail)).toEqual({ disabled: [false, true] });
  });

  test.each(["disabled", "other roles", "another password", "logged out", "session ended"] as const)(
    "%s: the work goes back in the same commit, and nothing more is offered",
    async (how) => {
      const s = await scene(ctx);
      await person("boss", ["admin"]);
      const boss = await enter("boss");
      const lan = await person("lan");
      const { caller } = await enter("lan");
      await ctx.store.write(async (tx) => {
        await tx.db.insertInto("queue_member").values({ queue_id: s.care, user_id: lan.id }).execute();
        await tx.db
          .updateTable("agent_state")
          .set({ state: "available" })
          .where("user_id", "=", lan.id)
          .execute();
      });
      const { interaction } = await work(ctx, s, { queueId: s.care, ownerId: lan.id });
      const before = await ctx.store.head();
      const admin = (change: object) =>
        handlers["user.update"](ctx, boss.caller, { userId: lan.id, ...change });
      switch (how) {
        case "disabled":
          await admin({ disabled: true });
          break;
        case "other roles":
          await admin({ roles: ["admin"] });
          break;
        case "another password":
          await admin({ password: "mat khau khac" });
          break;
        case "logged out":
          await logOut(ctx, caller);
          break;
        case "session ended":
          await handlers["session.revoke"](ctx, caller, { sessionId: caller.sessionId });
      }
      expect(await interactionById(ctx.store, interaction.id)).toMatchObject({
        state: "waiting",
        owner_id: null,
        waiting_since: interaction.waiting_since,
      });
      expect(await agentById(ctx.store, lan.id)).toMatchObject({
        state: "offline",
        carries: { call: 0, chat: 0, mail: 0 },
      });
      const names = (await entriesAfter(ctx.store, before, 100)).map((e) => e.name);
      expect(names).toEqual(expect.arrayContaining(["interaction.requeued", "agent.changed"]));
      expect(names.includes("session.ended")).toBe(how !== "other roles");
      expect(ctx.woken).toContain("router");
    },
  );

  test("who is still logged in somewhere keeps the work", async () => {
    const s = await scene(ctx);
    const lan = await person("lan");
    const here = await enter("lan");
    await enter("lan");
    const { interaction } = await work(ctx, s, { queueId: s.care, ownerId: lan.id });
    await logOut(ctx, here.caller);
    expect(await interactionById(ctx.store, interaction.id)).toMatchObject({
      state: "active",
      owner_id: lan.id,
    });
  });

  test("the last administrator stays, also when two remove each other at once", async () => {
    const a = await person("a", ["admin"]);
    const only = await enter("a");
    const lose = (by: Caller, userId: string, change: object) =>
      code(handlers["user.update"](ctx, by, { userId, ...change }));
    expect(await lose(only.caller, a.id, { disabled: true })).toBe("conflict");
    expect(await lose(only.caller, a.id, { roles: ["agent"] })).toBe("conflict");

    const b = await person("b", ["admin"]);
    const other = await enter("b");
    const both = await Promise.all([
      lose(only.caller, b.id, { disabled: true }),
      lose(other.caller, a.id, { roles: ["agent"] }),
    ]);
    expect(both.toSorted()).toEqual(["conflict", "none"]);
  });
});
