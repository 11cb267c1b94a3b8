import { AppError } from "@tongdai/shared";
import { allHours } from "../../store/hours.ts";
import type { Queryable } from "../../store/index.ts";
import { allQueues, allUsers } from "../../store/people.ts";
import { allSkills } from "../../store/skills.ts";
import { allTeams } from "../../store/teams.ts";

/*
 * In a file things are named, not numbered: `@queue:Bảo hành`. Names are unique among things of a kind, and another gateway has
 * other ids.
 */

const pattern = /^@(queue|skill|hours|team|user):/;

export interface Refs {
  readonly byId: ReadonlyMap<string, string>;
  readonly byRef: ReadonlyMap<string, string>;
}

export async function readRefs(q: Queryable): Promise<Refs> {
  const all = [
    ...(await allQueues(q)).map(({ id, name }) => [id, `@queue:${name}`] as const),
    ...(await allSkills(q)).map(({ id, name }) => [id, `@skill:${name}`] as const),
    ...(await allHours(q)).map(({ id, name }) => [id, `@hours:${name}`] as const),
    ...(await allTeams(q)).map(({ id, name }) => [id, `@team:${name}`] as const),
    ...(await allUsers(q)).map(({ id, username }) => [id, `@user:${username}`] as const),
  ];
  return { byId: new Map(all), byRef: new Map(all.map(([id, ref]) => [ref, id])) };
}

/** Ids become names, wherever they stand. */
export function named(value: unknown, refs: Refs): unknown {
  if (typeof value === "string") return refs.byId.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each) => named(each, refs));
  return typeof value === "object" && value !== null ? mapped(value, (each) => named(each, refs)) : value;
}

/**
 * Names become ids. People who are not here are left out of lists: they are made by hand, with passwords of their own.
 * Throws `invalid_input` that says where the file names something that is not there.
 */
export function found(value: unknown, refs: Refs, place: string): unknown {
  if (typeof value === "string") return idOf(value, refs, place);
  if (Array.isArray(value))
    return value.flatMap((each, i) => {
      const isMissing = typeof each === "string" && each.startsWith("@user:") && !refs.byRef.has(each);
      return isMissing ? [] : [found(each, refs, `${place}[${i}]`)];
    });
  return typeof value === "object" && value !== null
    ? mapped(value, (each, key) => found(each, refs, `${place}.${key}`))
    : value;
}

function idOf(text: string, refs: Refs, place: string): string {
  if (!pattern.test(text)) return text;
  const id = refs.byRef.get(text);
  if (id === undefined) throw new AppError("invalid_input", `${place}: there is no ${text}`, { place });
  return id;
}

const mapped = (value: object, change: (each: unknown, key: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each, key)]));
