import { z } from "zod";
import { dialogKey, restore, snapshot } from "../dialog/index.ts";
import type { Flow } from "../flow.ts";
import { newLeg, talks } from "../leg/index.ts";
import type { Caller } from "../policy/index.ts";
import type { Beginning } from "./call.ts";
import type { IncomingLine } from "./incoming.ts";
import { createLine, type Line, type LineParts } from "./line.ts";
import { createSession } from "./session.ts";

const Road = z.strictObject({
  transport: z.enum(["UDP", "TCP", "TLS", "WS", "WSS"]),
  address: z.string(),
  port: z.int(),
});
/** Where a leg was reached. */
export type Road = z.infer<typeof Road>;

const End = z.strictObject({
  id: z.string(),
  side: z.enum(["in", "out"]),
  party: z.string(),
  isAgent: z.boolean(),
  held: z.boolean(),
  updates: z.boolean(),
  dialog: z.string(),
  road: Road,
});
type End = z.infer<typeof End>;

const Talk = z.strictObject({
  id: z.string(),
  caller: z.strictObject({
    kind: z.enum(["agent", "trunk", "web"]),
    id: z.string(),
    target: z.string(),
    user: z.string(),
    name: z.string().nullable(),
  }),
  /** One: it waits for somebody else. */
  ends: z.union([z.tuple([End]), z.tuple([End, End])]),
});

/** Two who talk, or one who talked and waits, as JSON; undefined while one of them does not yet, or no more. */
export function talkOf(o: { id: string; caller: Caller; ends: readonly Line[] }): string | undefined {
  const { kind, id, target, from } = o.caller;
  const ends = o.ends.map(endOf);
  const read = Talk.safeParse({
    id: o.id,
    caller: { kind, id, target, user: from.user, name: from.name ?? null },
    ends,
  });
  return read.success ? JSON.stringify(read.data) : undefined;
}

function endOf({ id, leg, party, isAgent, updates, session }: Line): End | undefined {
  const { dialog, flow } = session;
  if (!dialog || !talks(leg)) return undefined;
  const { address, port } = flow.remote;
  const road = { transport: flow.transport, address, port };
  return {
    id,
    side: leg.side,
    party,
    isAgent,
    held: leg.phase === "held",
    updates,
    dialog: snapshot(dialog),
    road,
  };
}

/** Milliseconds after which a party is asked whether it still lives: what was agreed on is not known any more. */
const ask = { interval: 1_800, refresher: "us", wait: 900_000 } as const;

/**
 * A talk out of its JSON, to be begun anew: each leg with its dialog, numbers ahead. The sound went on without us.
 * @param flowOf the road to a party; one that is not open: it has to come by itself
 * @throws ZodError when it is no talk
 */
export function talkFrom(text: string, flowOf: (road: Road) => Flow): Beginning {
  const { id, caller, ends } = Talk.parse(JSON.parse(text));
  const { kind, target, user, name } = caller;
  return {
    id,
    caller: {
      kind,
      id: caller.id,
      target,
      session: undefined,
      from: { user, name: name ?? undefined },
      diverted: undefined,
      headers: [],
    },
    sdp: undefined,
    begin(parts) {
      const [first, ...rest] = ends;
      return [lineFrom(parts, first, flowOf), ...rest.map((end) => lineFrom(parts, end, flowOf))];
    },
  };
}

function lineFrom(parts: LineParts, end: End, flowOf: (road: Road) => Flow): IncomingLine {
  const session = createSession(parts, flowOf(end.road));
  const dialog = restore(end.dialog);
  const nothing = (): void => {};
  const base = createLine(parts, end.side, session, {
    party: end.party,
    isAgent: end.isAgent,
    work: { perform: nothing, beforeBye: nothing, released: nothing },
    before: { id: end.id, leg: { ...newLeg(end.side), phase: end.held ? "held" : "up" } },
  });
  // Its INVITE was settled long ago.
  const line = Object.assign(base, { ring: nothing, accept: nothing, prack: () => false });
  if (!dialog) return line;
  session.establish(dialog);
  parts.lines.set(dialogKey(dialog), line);
  line.updates = end.updates;
  line.timer = ask;
  line.dispatch({ type: "refreshed" });
  return line;
}
