import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveQueue } from "../../apps/gateway/src/features/queues/index.ts";
import { createFloorView } from "../support/floor.ts";
import type { Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { arrives, interactions, lastOffer, offersTo } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("teams on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  const queueOf = (teamIds: string[], memberIds: string[] = []) =>
    saveQueue(w.gateway.ctx, null, {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds,
      teamIds,
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
    });

  async function away(username: string): Promise<Person> {
    const person = await w.person(username, { queues: "none" });
    await person.call("agent.set_state", { state: "available" });
    return person;
  }

  const save = async (o: {
    id?: string;
    name?: string;
    members?: Person[];
    leads?: Person[];
    version?: number;
  }) =>
    (
      await admin.call("team.save", {
        id: o.id ?? null,
        name: o.name ?? "Ca sáng",
        memberIds: (o.members ?? []).map((p) => p.userId),
        leadIds: (o.leads ?? []).map((p) => p.userId),
        ...(o.version === undefined ? {} : { version: o.version }),
      })
    ).team;

  test("who joins a team is a member of its queues at once: sees them, and is offered what waits", async () => {
    const lan = await away("lan");
    const team = await save({});
    await queueOf([team.id]);
    await arrives(w);
    expect(offersTo(lan)).toEqual([]);
    await save({ id: team.id, members: [lan] });
    await w.settle();
    const { queue } = await lan.hear("queue.saved", (d) => d.queue.memberIds.includes(lan.userId));
    expect(queue).toMatchObject({ id: w.queueId, namedIds: [], teamIds: [team.id], memberIds: [lan.userId] });
    expect(lastOffer(lan).queueId).toBe(w.queueId);
    expect((await lan.call("conversation.list", { view: "waiting" })).conversations).toHaveLength(1);
  });

  test("who leaves a team loses its queues, their offers and their events, but not what they are named for", async () => {
    const [lan, minh] = [await away("lan"), await away("minh")];
    const team = await save({ members: [lan, minh] });
    await queueOf([team.id], [minh.userId]);
    await arrives(w);
    expect(offersTo(lan)).toHaveLength(1);
    await save({ id: team.id, members: [] });
    await w.settle();
    await lan.hear("offer.ended", (d) => d.outcome === "withdrawn");
    expect(lastOffer(minh).interactionId).toBe(lastOffer(lan).interactionId);
    const mark = lan.heard.length;
    await arrives(w);
    expect(lan.heard.slice(mark).filter((e) => e.name === "message.created")).toEqual([]);
    expect(minh.heard.slice(mark).some((e) => e.name === "message.created")).toBe(true);
  });

  test("the floor counts a team's people in the queue, and a removed team's no longer", async () => {
    const lan = await away("lan");
    const view = createFloorView(await w.person("ha", { roles: ["supervisor"], queues: "none" }));
    await view.person.call("floor.watch", {});
    const team = await save({ members: [lan] });
    await queueOf([team.id]);
    await view.until(w, (v) => v.queue(w.queueId)?.available === 1);
    await admin.call("team.remove", { id: team.id });
    await view.until(w, (v) => v.queue(w.queueId)?.available === 0);
    const answer = await w.person("moi", { queues: "none", connect: false }).then((p) => p.connect());
    if (answer.mode !== "snapshot" || "packed" in answer.snapshot) throw new Error("no snapshot");
    expect(answer.snapshot.teams).toEqual([]);
    expect(answer.snapshot.queues.find((q) => q.id === w.queueId)).toMatchObject({
      teamIds: [],
      memberIds: [],
    });
  });

  test("clients follow a team from the journal, and a save that is based on an older one is refused", async () => {
    const lan = await away("lan");
    const made = await save({ members: [lan], leads: [admin] });
    expect(await lan.hear("team.saved")).toEqual({ team: made });
    expect(made).toMatchObject({ version: 1, leadIds: [admin.userId] });
    expect(await save({ id: made.id, name: "Ca tối", version: 1 })).toMatchObject({ version: 2 });
    await expect(save({ id: made.id, name: "Ca đêm", version: 1 })).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "stale", version: 2 },
    });
    await expect(save({ name: "Ca tối" })).rejects.toMatchObject({ details: { field: "name" } });
    const { rows } = await admin.call("audit.list", {});
    expect(rows.filter((r) => r.action === "team.saved")).toHaveLength(2);
  });
});

describe.each(["sqlite", "postgres"] as const)("one person's places on %s", (engine) => {
  let w: World;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  test("teams and queues are given with the person, and take effect like any other change", async () => {
    const { team } = await admin.call("team.save", { name: "Ca sáng", memberIds: [] });
    const lan = await w.person("lan", { queues: "none" });
    await lan.call("agent.set_state", { state: "available" });
    await arrives(w);
    await admin.call("user.update", { userId: lan.userId, queueIds: [w.queueId], teamIds: [team.id] });
    await w.settle();
    expect(lastOffer(lan).queueId).toBe(w.queueId);
    const saved = await lan.hear("team.saved", (d) => d.team.memberIds.includes(lan.userId));
    expect(saved.team.version).toBe(2);
    const { queue } = await lan.hear("queue.saved", (d) => d.queue.namedIds.includes(lan.userId));
    expect(queue.version).toBeGreaterThan(1);
    await admin.call("user.update", { userId: lan.userId, name: "Lan Anh" });
    await admin.call("user.update", { userId: lan.userId, queueIds: [] });
    await w.settle();
    await lan.hear("offer.ended", (d) => d.outcome === "withdrawn");
    const { user } = await admin.call("user.create", {
      username: "moi",
      name: "Mới",
      password: "mat-khau-dai",
      roles: ["agent"],
      queueIds: [w.queueId],
    });
    await lan.hear("queue.saved", (d) => d.queue.memberIds.includes(user.id));
    const gone = { field: "queueIds" };
    await expect(
      admin.call("user.update", { userId: user.id, queueIds: [crypto.randomUUID()] }),
    ).rejects.toMatchObject({ code: "not_found", details: gone });
  });

  test("somebody is signed out everywhere, and the work in hand goes back", async () => {
    const lan = await w.agent("lan");
    const t = await talk(w, { agent: lan });
    await admin.call("user.sign_out", { userId: lan.userId });
    await w.settle();
    await expect(lan.connect()).rejects.toThrow();
    expect((await interactions(w)).find((i) => i.id === t.interaction.id)).toMatchObject({
      state: "waiting",
      waiting_since: t.interaction.waitingSince,
    });
  });
});
