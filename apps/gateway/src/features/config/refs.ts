import { AppError } from "@tongdai/shared";
import { allHours } from "../../store/hours.ts";
import type { Queryable } from "../../store/index.ts";
import { allQueues, allUsers } from "../../store/people.ts";
import { allRoles } from "../../store/roles.ts";
import { allSkills } from "../../store/skills.ts";
import { allTeams } from "../../store/teams.ts";

/*
 * In a file things are named, not numbered: `@queue:Bảo hành`. Names are unique among things of a kind, and another gateway has
 * other ids. A text that looks like a name has one more @.
 */

const kinds = "queue|skill|hours|team|role|user";
const reference = new RegExp(`^@(?:${kinds}):`);
const looksLikeOne = new RegExp(`^@+(?:${kinds}):`);

/** Lists without an order of their own. */
const sets: ReadonlySet<string> = new Set([
  "memberIds",
  "leadIds",
  "teamIds",
  "roles",
  "permissions",
  "events",
]);

export interface Refs {
  readonly byId: ReadonlyMap<string, string>;
  readonly byRef: ReadonlyMap<string, string>;
}

export async function readRefs(q: Queryable): Promise<Refs> {
  // The built-in roles go by their ids everywhere.
  const ownRoles = (await allRoles(q)).filter(({ name }) => name !== "");
  const all = [
    ...(await allQueues(q)).map(({ id, name }) => [id, `@queue:${name}`] as const),
    ...(await allSkills(q)).map(({ id, name }) => [id, `@skill:${name}`] as const),
    ...(await allHours(q)).map(({ id, name }) => [id, `@hours:${name}`] as const),
    ...(await allTeams(q)).map(({ id, name }) => [id, `@team:${name}`] as const),
    ...ownRoles.map(({ id, name }) => [id, `@role:${name}`] as const),
    ...(await allUsers(q)).map(({ id, username }) => [id, `@user:${username}`] as const),
  ];
  return { byId: new Map(all), byRef: new Map(all.map(([id, ref]) => [ref, id])) };
}

/** Ids become names, wherever they stand. */
export function named(value: unknown, refs: Refs, key = ""): unknown {
  if (typeof value === "string")
    return refs.byId.get(value) ?? (looksLikeOne.test(value) ? `@${value}` : value);
  if (Array.isArray(value)) {
    const list = value.map((each) => named(each, refs));
    return sets.has(key) ? list.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) : list;
  }
  return typeof value === "object" && value !== null
    ? mapped(value, (each, inner) => named(each, refs, inner))
    : value;
}

interface Finding {
  readonly refs: Refs;
  /** The file brings no people: those who are not here are left out of its lists. */
  readonly leavesOut: boolean;
}

/** Names become ids. Throws `invalid_input` that says where the file names something that is not there. */
export function found(value: unknown, o: Finding, place: string): unknown {
  if (typeof value === "string") return idOf(value, o.refs, place);
  if (Array.isArray(value))
    return value.flatMap((each, i) =>
      o.leavesOut && isStranger(each, o.refs) ? [] : [found(each, o, `${place}[${i}]`)],
    );
  return typeof value === "object" && value !== null
    ? mapped(value, (each, key) => found(each, o, `${place}.${key}`))
    : value;
}

const isStranger = (value: unknown, { byRef }: Refs): boolean =>
  typeof value === "string" && value.startsWith("@user:") && !byRef.has(value);

function idOf(text: string, refs: Refs, place: string): string {
  if (!reference.test(text)) return literal(text);
  const id = refs.byRef.get(text);
  if (id === undefined)
    throw new AppError("invalid_input", `${place}: there is no ${text}`, {
      place,
      reason: "not_there",
      named: text,
    });
  return id;
}

/** A text of the file that is no name of a thing. */
export const literal = (text: string): string => (looksLikeOne.test(text) ? text.slice(1) : text);

const mapped = (value: object, change: (each: unknown, key: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, key)]));
