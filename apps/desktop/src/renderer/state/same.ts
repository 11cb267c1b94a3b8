/** Whether two values that came over the wire say the same. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)));
}

type Dictionary<T> = Readonly<Record<string, T>>;

/** Sets one entry; the same dictionary back when it already says so. */
export const put = <T>(entries: Dictionary<T>, key: string, value: T): Dictionary<T> =>
  same(entries[key], value) ? entries : { ...entries, [key]: value };

export function without<T>(entries: Dictionary<T>, key: string): Dictionary<T> {
  if (!Object.hasOwn(entries, key)) return entries;
  const { [key]: _, ...rest } = entries;
  return rest;
}

export const byId = <T extends { readonly id: string }>(items: readonly T[]): Dictionary<T> =>
  Object.fromEntries(items.map((item) => [item.id, item]));
