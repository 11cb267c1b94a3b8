import { isObject, type JsonObject } from "../../kit/json.ts";

/** Why a file is not what this simulator writes. */
export class Misshapen extends Error {}

/** Checks one value of a file that anybody may have edited, and says where it is when it is wrong. */
export type Read<T> = (value: unknown, at: string) => T;

const refuse = (at: string, wanted: string): never => {
  throw new Misshapen(`${at} is not ${wanted}`);
};

export const text: Read<string> = (value, at) => (typeof value === "string" ? value : refuse(at, "text"));

export const amount: Read<number> = (value, at) =>
  typeof value === "number" && Number.isFinite(value) ? value : refuse(at, "a number");

export const flag: Read<boolean> = (value, at) =>
  typeof value === "boolean" ? value : refuse(at, "true or false");

export const object: Read<JsonObject> = (value, at) => (isObject(value) ? value : refuse(at, "an object"));

export function listOf<T>(read: Read<T>): Read<T[]> {
  return (value, at) =>
    Array.isArray(value)
      ? value.map((one: unknown, index) => read(one, `${at}[${index}]`))
      : refuse(at, "a list");
}

export function oneOf<const T extends string>(...known: readonly T[]): Read<T> {
  return (value, at) => known.find((one) => one === value) ?? refuse(at, known.join(", "));
}

/** JSON has no `undefined`: a field that is missing was that. */
export function maybe<T>(read: Read<T>): Read<T | undefined> {
  return (value, at) => (value === undefined ? undefined : read(value, at));
}

/** The fields of one object, each read by its own rule. */
export function fieldsOf(value: unknown, at: string): <T>(key: string, read: Read<T>) => T {
  const fields = object(value, at);
  return (key, read) => read(fields[key], `${at}.${key}`);
}
