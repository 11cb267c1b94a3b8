import type { FieldChange } from "../contract/field-change.ts";

/** Says nothing of its own, or follows from other fields. */
const silent: ReadonlySet<string> = new Set(["id", "version", "health", "html"]);

/** Lists whose entries have a place or a name of their own, by which they are told apart. */
const places: Readonly<Record<string, (entry: unknown, at: number) => string>> = {
  weekly: (_, at) => String(at),
  days: (entry, at) => (isObject(entry) && typeof entry["date"] === "string" ? entry["date"] : String(at)),
};

/** What is different, field by field, in the order of the fields. Of something new: what it begins with. */
export function changesBetween(was: object | undefined, is: object): FieldChange[] {
  return fields(was ? { ...was } : {}, { ...is }, []);
}

function fields(
  was: Record<string, unknown>,
  is: Record<string, unknown>,
  outer: readonly string[],
): FieldChange[] {
  return [...new Set([...Object.keys(is), ...Object.keys(was)])].flatMap((name) => {
    // Whoever is named, themselves or as one of a team, says who the members are.
    if (outer.length === 0 && (silent.has(name) || (name === "memberIds" && "namedIds" in is))) return [];
    return field(was[name], is[name], [...outer, name]);
  });
}

function field(was: unknown, is: unknown, path: string[]): FieldChange[] {
  if (JSON.stringify(was) === JSON.stringify(is) || (isEmpty(was) && isEmpty(is))) return [];
  const before = entries(was, path);
  const after = entries(is, path);
  if (before && after) return fields(before, after, path);
  const isWhole = path.length > 1 && path[0] !== undefined && path[0] in places;
  if (Array.isArray(was) && Array.isArray(is) && !isWhole) return [{ path, ...difference(was, is) }];
  return [{ path, was: was ?? null, is: is ?? null }];
}

/** What is told entry by entry. */
function entries(value: unknown, path: readonly string[]): Record<string, unknown> | null {
  const place = path.length === 1 ? places[path[0] ?? ""] : undefined;
  if (place && (value === undefined || Array.isArray(value)))
    return Object.fromEntries((value ?? []).map((each: unknown, at) => [place(each, at), each]));
  return isObject(value) ? value : null;
}

function difference(was: readonly unknown[], is: readonly unknown[]): { was: unknown; is: unknown } {
  const lacks = (list: readonly unknown[]) => {
    const known = new Set(list.map((each) => JSON.stringify(each)));
    return (each: unknown) => !known.has(JSON.stringify(each));
  };
  const gone = was.filter(lacks(is));
  const come = is.filter(lacks(was));
  return gone.length + come.length > 0 ? { was: gone, is: come } : { was, is };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);
