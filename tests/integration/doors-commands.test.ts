import { type BuiltInRole, builtInRoles, type CommandName, commands, permissionsOf } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HeardLog, heardLog } from "../support/log.ts";
import { anew, type Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { arrives, interactions } from "../support/work.ts";
import { SECOND_PAGE, type World, world } from "../support/world.ts";

/** Commands that change nothing are let off the journal's watch; `sync.start` has no effect but its answer. */
const names = Object.keys(commands) as CommandName[];

let w: World;
let heard: HeardLog;
const people = new Map<BuiltInRole, Person>();
let own: { conversationId: string; interactionId: string; messageId: string; customerId: string };
let foreign: typeof own;

beforeAll(async () => {
  heard = heardLog();
  w = await world({ overrides: { log: heard.log } });
  const t = await talk(w);
  people.set("agent", t.agent);
  people.set("supervisor", await w.person("ha", { roles: ["supervisor"] }));
  people.set("admin", await w.person("quantri", { roles: ["admin"] }));
  await arrives(w, { pageId: SECOND_PAGE.pageId });
  own = await idsOf(w.queueId);
  foreign = await idsOf(w.secondQueueId);
}, 60_000);
afterAll(() => w.close());

async function idsOf(queueId: string) {
  const i = (await interactions(w)).find((x) => x.queue_id === queueId);
  if (!i) throw new Error("no interaction there");
  const message = await w.gateway.ctx.store.db
    .selectFrom("message")
    .selectAll()
    .where("conversation_id", "=", i.conversation_id)
    .executeTakeFirstOrThrow();
  return {
    conversationId: i.conversation_id,
    interactionId: i.id,
    messageId: message.id,
    customerId: i.customer_id,
  };
}

interface Answer {
  ok: boolean;
  error?: { code: string; message: string };
}

const raw = (p: Person, name: string, input: unknown): Promise<Answer> =>
  new Promise((resolve) => {
    (p.socket.emit as (n: string, i: unknown, ack: (a: Answer) => void) => void).call(
      p.socket,
      name,
      input,
      resolve,
    );
  });

/** Stays below the door's rate: fifty commands a second of one socket. */
const sent = new WeakMap<Person, number>();
async function paced(p: Person, name: string, input: unknown): Promise<Answer> {
  const before = sent.get(p) ?? 0;
  sent.set(p, before + 1);
  if (before > 0 && before % 40 === 0) await anew(p);
  return raw(p, name, input);
}

const rolesWithout = (name: CommandName): BuiltInRole[] => {
  const needed = commands[name].permission;
  return needed === null
    ? []
    : (["agent", "supervisor", "admin"] as const).filter(
        (r) => !permissionsOf([r], builtInRoles).has(needed),
      );
};

describe("every command", () => {
  test("refuses what is not its input, in every shape, and changes nothing", async () => {
    const head = await w.gateway.ctx.store.head();
    for (const name of names) {
      const role =
        (["agent", "admin", "supervisor"] as const).find((r) => !rolesWithout(name).includes(r)) ?? "agent";
      const p = people.get(role);
      if (!p) throw new Error("unreachable");
      for (const input of [
        undefined,
        null,
        7,
        "x",
        [],
        { surprise: 1 },
        { __proto__: { a: 1 }, constructor: {} },
      ]) {
        const answer = await paced(p, name, input);
        // Three commands take an empty object; none of these shapes is one.
        expect([name, JSON.stringify(input), answer.error?.code]).toEqual([
          name,
          JSON.stringify(input),
          "invalid_input",
        ]);
      }
    }
    expect(await w.gateway.ctx.store.head()).toBe(head);
    expect(heard.errors()).toEqual([]);
  }, 60_000);

  test("refuses a tree that is nested more deeply than a schema can follow, as input that is not its own", async () => {
    const admin = people.get("admin");
    if (!admin) throw new Error("unreachable");
    const levels = 1_500;
    const tree = JSON.parse(`${'{"children":['.repeat(levels)}{}${"]}".repeat(levels)}`) as never;
    const head = await w.gateway.ctx.store.head();
    await expect(
      admin.call("queue.save", { name: "Sâu", memberIds: [], dispositions: [tree] }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await w.gateway.ctx.store.head()).toBe(head);
  });

  test("refuses roles that lack its permission before it looks at the input", async () => {
    const head = await w.gateway.ctx.store.head();
    const tried: string[] = [];
    for (const name of names)
      for (const role of rolesWithout(name)) {
        const p = people.get(role);
        if (!p) throw new Error("unreachable");
        for (const input of [{}, { conversationId: own.conversationId }, null]) {
          const answer = await paced(p, name, input);
          expect([name, role, answer.error?.code]).toEqual([name, role, "forbidden"]);
        }
        tried.push(name);
      }
    expect(tried.length).toBeGreaterThan(40);
    expect(await w.gateway.ctx.store.head()).toBe(head);
  }, 60_000);

  test("that names a thing of another queue is answered as if it did not exist", async () => {
    const lan = people.get("agent") as Person;
    const { conversationId, interactionId, messageId, customerId } = foreign;
    const clientId = crypto.randomUUID();
    const nobody = crypto.randomUUID();
    const attempts: [CommandName, unknown][] = [
      ["conversation.get", { conversationId }],
      ["conversation.messages", { conversationId, before: "x" }],
      ["conversation.read", { conversationId }],
      ["typing.set", { conversationId, on: true }],
      ["message.send", { clientId, conversationId, text: "xin chào" }],
      ["message.resolve", { messageId, action: "resend" }],
      ["message.react", { messageId, emoji: "❤" }],
      ["note.add", { clientId, conversationId, text: "ghi chú" }],
      ["draft.save", { conversationId, text: "nháp" }],
      ["interaction.claim", { interactionId }],
      ["interaction.start", { conversationId }],
      ["interaction.transfer", { interactionId, version: 1, to: { queueId: w.queueId } }],
      ["interaction.end", { interactionId, version: 1 }],
      ["interaction.close", { interactionId, version: 1, disposition: "Xong" }],
      ["interaction.history", { interactionId }],
      ["interaction.explain", { interactionId }],
      ["ticket.create", { clientId, interactionId, subject: "phiếu" }],
      ["ticket.create", { clientId, customerId, subject: "phiếu" }],
      ["customer.get", { customerId }],
      ["customer.update", { customerId, version: 1, name: "Tên khác" }],
      ["customer.timeline", { customerId }],
      ["offer.accept", { offerId: nobody }],
      ["offer.decline", { offerId: nobody }],
      ["ticket.get", { ticketId: nobody }],
      ["ticket.update", { ticketId: nobody, version: 1 }],
      ["ticket.link", { ticketId: nobody, interactionId, linked: true }],
      ["session.revoke", { sessionId: nobody }],
    ];
    const head = await w.gateway.ctx.store.head();
    const odd: string[] = [];
    for (const [name, input] of attempts) {
      const answer = await paced(lan, name, input);
      if (answer.error?.code !== "not_found") odd.push(`${name}: ${JSON.stringify(answer)}`);
    }
    expect(odd).toEqual([]);
    expect(await w.gateway.ctx.store.head()).toBe(head);
    expect(heard.errors()).toEqual([]);
  }, 60_000);

  test("out of order is refused with a code", async () => {
    const lan = people.get("agent") as Person;
    const { interactionId } = own;
    const [i] = (await interactions(w)).filter((x) => x.id === interactionId);
    const version = i?.version ?? 0;
    const { interaction: ended } = await lan.call("interaction.end", { interactionId, version });
    await expect(lan.call("interaction.end", { interactionId, version })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      lan.call("interaction.end", { interactionId, version: ended.version }),
    ).rejects.toMatchObject({ code: "illegal_transition" });
    const closing = { interactionId, version: ended.version, disposition: "Đã giải quyết" };
    await lan.call("interaction.close", closing);
    await expect(lan.call("interaction.close", closing)).rejects.toMatchObject({ code: "conflict" });
    await expect(
      lan.call("interaction.close", { ...closing, version: ended.version + 1 }),
    ).rejects.toMatchObject({ code: "illegal_transition" });
    const claimed = await raw(lan, "interaction.claim", { interactionId });
    expect(claimed.ok).toBe(false);
  });

  test("that does not exist is not found, also under names of JavaScript's own", async () => {
    const lan = people.get("agent") as Person;
    for (const name of ["nothing.here", "__proto__", "constructor", "toString", "hasOwnProperty"])
      expect((await paced(lan, name, {})).error?.code).toBe("not_found");
  });
});
