import { builtInRoles, type Permission, permissionsOf, type Role } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { agentRow, arrives, interactions, offersTo, pass } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("roles on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  const save = async (name: string, permissions: Permission[], id: string | null = null): Promise<Role> =>
    (await admin.call("role.save", { id, name, permissions })).role;
  const give = (who: Person, roles: string[]) => admin.call("user.update", { userId: who.userId, roles });
  const refusal = (code: string, reason: string) => ({ code, details: { reason } });

  test("a role of one's own making allows what it says, at once and on live sockets, as it changes", async () => {
    const role = await save("Trưởng ca", ["agents.see"]);
    const lan = await w.person("lan", { roles: [role.id], queues: "none" });
    const list = () => lan.call("conversation.list", { view: "all" });
    await expect(list()).rejects.toMatchObject({ code: "forbidden" });
    await save("Trưởng ca", ["work", "conversations.see_all"], role.id);
    expect((await list()).conversations).toEqual([]);
    await w.settle();
    await arrives(w);
    await lan.hear("message.created");
    await save("Trưởng ca", ["work"], role.id);
    await w.settle();
    const mark = lan.heard.length;
    await arrives(w);
    expect(lan.heard.slice(mark).some((e) => e.name === "message.created")).toBe(false);
    expect(lan.heard.findLast((e) => e.name === "role.saved")?.data).toMatchObject({
      role: { permissions: ["work"], version: 3 },
    });
    expect(lan.heard.some((e) => e.name === "session.ended")).toBe(false);
  });

  test.each<Permission>(["customers.reveal", "reports.see"])(
    "who may no longer see the floor hears no more of whose work went back, and who does not watch hears no figures (%s)",
    async (beside) => {
      const role = await save("Trưởng ca", ["work", "floor.see", beside]);
      const ha = await w.person("ha", { roles: [role.id], queues: "none" });
      let figures = 0;
      ha.socket.on("floor.changed", () => figures++);
      const departures = () => ha.heard.filter((e) => e.name === "agent.departed").length;
      const departs = async (name: string) => {
        const agent = await w.agent(name);
        await talk(w, { agent });
        await agent.call("agent.set_state", { state: "offline" });
        await pass(w, 60_000);
      };
      const watcher = await w.person("watcher", { roles: ["supervisor"], queues: "none" });
      await watcher.call("floor.watch", {});
      await pass(w, 1_000);
      await departs("lan");
      expect([departures(), figures]).toEqual([1, 0]);
      await ha.call("floor.watch", {});
      await pass(w, 1_000);
      expect(figures).toBe(1);
      await ha.call("floor.unwatch", {});
      await departs("minh");
      expect([departures(), figures]).toEqual([2, 1]);
      await save("Trưởng ca", ["work", beside], role.id);
      await w.settle();
      await departs("hoa");
      expect([departures(), figures]).toEqual([2, 1]);
    },
  );

  test("who loses the part in the work gives back what is in hand, at its age, and stays logged in", async () => {
    const role = await save("Cộng tác viên", ["work", "agents.see"]);
    const lan = await w.person("lan", { roles: [role.id] });
    await lan.call("agent.set_state", { state: "available" });
    const t = await talk(w, { agent: lan });
    await save("Cộng tác viên", ["agents.see"], role.id);
    await w.settle();
    expect((await interactions(w))[0]).toMatchObject({
      state: "waiting",
      owner_id: null,
      waiting_since: t.interaction.waitingSince,
    });
    expect(await agentRow(w, lan.userId)).toMatchObject({ state: "offline" });
    await expect(lan.call("agent.set_state", { state: "available" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await lan.call("session.list", {})).sessions).toHaveLength(1);
  });

  test("other roles of a person take effect without a new log-in", async () => {
    const lan = await w.person("lan", { queues: "none" });
    await arrives(w);
    await give(lan, ["agent", "supervisor"]);
    await w.settle();
    expect((await lan.call("conversation.list", { view: "all" })).conversations).toHaveLength(1);
    await lan.call("floor.watch", {});
    await give(lan, ["agent"]);
    await expect(lan.call("floor.watch", {})).rejects.toMatchObject({ code: "forbidden" });
    expect(offersTo(lan)).toEqual([]);
  });

  test("who manages people gives only what they have, and leaves those alone who may do more", async () => {
    const lead = await save("Trưởng nhóm", ["people.manage", ...permissionsOf(["agent"], builtInRoles)]);
    const ha = await w.person("ha", { roles: [lead.id], queues: "none" });
    const create = (roles: string[]) =>
      ha.call("user.create", { username: "moi", name: "Mới", password: PASSWORD, roles });
    const grants = refusal("forbidden", "grants_more");
    await expect(create(["supervisor"])).rejects.toMatchObject(grants);
    await expect(create(["admin"])).rejects.toMatchObject(grants);
    const { user } = await create(["agent"]);
    await expect(
      ha.call("user.update", { userId: user.id, roles: ["agent", "admin"] }),
    ).rejects.toMatchObject(grants);
    const outranks = refusal("forbidden", "outranks");
    for (const change of [{ password: "cuop-mat-khau" }, { disabled: true }, { name: "Khác" }])
      await expect(ha.call("user.update", { userId: admin.userId, ...change })).rejects.toMatchObject(
        outranks,
      );
    await expect(ha.call("role.save", { id: lead.id, name: "x", permissions: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("the last administrator stays, and nobody ends their own administration", async () => {
    const self = (change: object) => admin.call("user.update", { userId: admin.userId, ...change });
    await expect(self({ roles: ["agent"] })).rejects.toMatchObject(refusal("conflict", "last_admin"));
    const other = await w.person("haiquan", { roles: ["admin"] });
    const own = refusal("conflict", "own_administration");
    await expect(self({ roles: ["agent"] })).rejects.toMatchObject(own);
    await expect(self({ disabled: true })).rejects.toMatchObject(own);
    await other.call("user.update", { userId: admin.userId, roles: ["agent"] });
    await expect(admin.call("role.save", { name: "x", permissions: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("the administrator's role stays as it is; a role that somebody has is not removed", async () => {
    const fixed = refusal("forbidden", "fixed");
    await expect(save("x", [], "admin")).rejects.toMatchObject(fixed);
    const role = await save("Tạm", ["work"]);
    const lan = await w.person("lan", { roles: [role.id] });
    const remove = () => admin.call("role.remove", { id: role.id });
    await expect(remove()).rejects.toMatchObject(refusal("conflict", "in_use"));
    await give(lan, ["agent"]);
    await remove();
    await expect(give(lan, [role.id])).rejects.toMatchObject({ code: "not_found" });
  });

  test("a built-in role that was changed is what newcomers find in the directory, and is audited", async () => {
    await save("", ["work"], "agent").catch(() => save("agent", ["work"], "agent"));
    const lan = await w.person("lan", { connect: false });
    const answer = await lan.connect();
    if (answer.mode !== "snapshot" || "packed" in answer.snapshot) throw new Error("no snapshot");
    expect(answer.snapshot.permissions).toEqual(["work"]);
    expect(answer.snapshot.roles.map((r) => r.id)).toEqual(builtInRoles.map((r) => r.id));
    const { rows } = await admin.call("audit.list", {});
    expect(rows.find((r) => r.action === "role.saved")?.detail).toMatchObject({
      changes: [
        {
          path: ["permissions"],
          was: ["calls.begin", "templates.send", "agents.see", "customers.link", "canned_replies.manage"],
          is: [],
        },
      ],
    });
  });
});
