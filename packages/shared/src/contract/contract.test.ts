import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { commands } from "./commands.ts";
import { AppError, ErrorCode } from "./errors.ts";
import { ephemeral, events, JournalEventSchema } from "./events.ts";
import { BuiltInRole } from "./people.ts";
import { builtInRoles, type Permission, permissionsOf } from "./permissions.ts";
import { Handshake } from "./socket.ts";

const every = Object.entries(commands);
const permissions = permissionsOf(BuiltInRole.options, builtInRoles);
/** What a command may be given: one shape, or one of several. */
const shapes = (input: z.ZodType): readonly z.ZodType[] =>
  input instanceof z.ZodUnion ? (input.options as z.ZodType[]) : [input];

describe("commands", () => {
  test.for(every)("%s has a name, an input, an output and a permission somebody holds", ([name, spec]) => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
    for (const shape of shapes(spec.input)) expect(shape.def.type).toBe("object");
    expect(spec.output).toBeInstanceOf(z.ZodType);
    if (spec.permission !== null) expect(permissions).toContain(spec.permission);
  });

  test.for(every)("%s refuses what is no object, and a key that it does not know", ([, { input }]) => {
    for (const odd of [null, undefined, 1, "x", [], true]) expect(input.safeParse(odd).success).toBe(false);
    for (const shape of shapes(input)) {
      const issues = shape.safeParse({ surprise: 1 }).error?.issues ?? [];
      expect(issues).toContainEqual(
        expect.objectContaining({ code: "unrecognized_keys", keys: ["surprise"] }),
      );
    }
  });

  test.for(every)("%s survives JSON: nothing in it that JSON cannot say", ([name, { input, output }]) => {
    // The first answer may carry bytes beside its JSON.
    const unrepresentable = name === "sync.start" ? "any" : "throw";
    for (const io of ["input", "output"] as const) {
      expect(() =>
        z.toJSONSchema(input, { io, unrepresentable: io === "input" ? "throw" : "any" }),
      ).not.toThrow();
      expect(() => z.toJSONSchema(output, { io, unrepresentable })).not.toThrow();
    }
  });

  test("only those that concern one's own session need no permission", () => {
    const open = every.filter(([, spec]) => spec.permission === null).map(([name]) => name);
    expect(open.toSorted()).toEqual(["password.change", "session.list", "session.revoke", "sync.start"]);
  });

  test("the example of one command, there and back", () => {
    const sent = {
      clientId: "0198a8a2-7b1c-7000-8000-000000000001",
      conversationId: "0198a8a2-7b1c-7000-8000-000000000002",
      text: "Chào chị Hường 👋",
    };
    const { input } = commands["message.send"];
    const parsed = input.parse(JSON.parse(JSON.stringify(sent)));
    expect(parsed).toEqual({ ...sent, mediaIds: [], replyToId: null });
    expect(input.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
    expect(input.safeParse({ ...sent, text: "x".repeat(20_001) }).success).toBe(false);
    expect(input.safeParse({ ...sent, clientId: "1" }).success).toBe(false);
  });
});

describe("journal events", () => {
  const envelope = { seq: 7, at: 1_700_000_000_000, actorId: null };
  const id = "0198a8a2-7b1c-7000-8000-000000000003";

  test("data of the right shape is taken, and what the schema does not know is left out", () => {
    const event = { ...envelope, name: "canned_reply.removed", data: { id, extra: true } };
    expect(JournalEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual({ ...event, data: { id } });
  });

  test.for(Object.keys(events))("%s refuses data of another shape", (name) => {
    for (const data of [null, undefined, 1, "x", [], {}, { id: "not an id" }])
      expect(JournalEventSchema.safeParse({ ...envelope, name, data }).success).toBe(false);
  });

  test("an unknown name, a position before nought or data under another's name is refused", () => {
    const good = { ...envelope, name: "canned_reply.removed", data: { id } };
    expect(JournalEventSchema.safeParse(good).success).toBe(true);
    for (const change of [
      { name: "canned_reply.burnt" },
      { name: "toString" },
      { seq: -1 },
      { seq: 1.5 },
      { at: "now" },
    ])
      expect(JournalEventSchema.safeParse({ ...good, ...change }).success).toBe(false);
    expect(JournalEventSchema.safeParse({ ...good, name: "message.updated" }).success).toBe(false);
  });

  test("the refusal names the event, so that a log is enough to find it", () => {
    const issues =
      JournalEventSchema.safeParse({ ...envelope, name: "offer.made", data: {} }).error?.issues ?? [];
    expect(issues[0]?.message).toContain("event offer.made");
  });

  test("names are noun.past, and no ephemeral fact has the name of a journaled one", () => {
    for (const name of Object.keys(events)) expect(name).toMatch(/^[a-z_]+\.[a-z_]+(ed|en|de|held)$/);
    for (const name of Object.keys(ephemeral)) expect(Object.keys(events)).not.toContain(name);
  });
});

describe("permissions", () => {
  const table: Record<BuiltInRole, Permission[]> = {
    agent: ["work", "calls.begin", "templates.send", "agents.see", "customers.link", "canned_replies.manage"],
    supervisor: [
      "work",
      "calls.begin",
      "templates.send",
      "agents.see",
      "conversations.see_all",
      "interactions.assign",
      "floor.see",
      "floor.act",
      "tickets.manage",
      "comments.delete",
      "customers.reveal",
      "customers.link",
      "canned_replies.manage",
      "reports.see",
      "replay.run",
    ],
    admin: [
      "agents.see",
      "canned_replies.manage",
      "channels.manage",
      "people.manage",
      "roles.manage",
      "webhooks.manage",
      "audit.read",
      "replay.run",
    ],
  };

  test.for(BuiltInRole.options)("%s", (role) => {
    expect([...permissionsOf([role], builtInRoles)].toSorted()).toEqual(table[role].toSorted());
  });

  test("roles add up, whatever their order and however often they are named; nobody has nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BuiltInRole.options)), (roles) => {
        const union = new Set(roles.flatMap((r) => table[r]));
        expect(permissionsOf(roles, builtInRoles)).toEqual(union);
      }),
    );
  });

  test("an administrator alone reads nobody's messages", () => {
    for (const p of ["work", "conversations.see_all", "customers.reveal"] as const)
      expect(permissionsOf(["admin"], builtInRoles)).not.toContain(p);
  });
});

test("an expected refusal carries its code and details, and is told from a bug", () => {
  const error = new AppError("conflict", "somebody was quicker", { version: 3 });
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.code, error.details]).toEqual(["AppError", "conflict", { version: 3 }]);
  expect(new AppError("internal", "x").details).toBeUndefined();
  expect(ErrorCode.options).toContain(error.code);
});

test("the handshake says which contract the client speaks", () => {
  expect(Handshake.safeParse({ contract: 1 }).success).toBe(true);
  for (const odd of [
    {},
    { contract: "1" },
    { contract: 1, token: "x".repeat(201) },
    { contract: 1, role: "admin" },
  ])
    expect(Handshake.safeParse(odd).success).toBe(false);
});
