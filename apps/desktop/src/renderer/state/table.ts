/**
 * An unchanging map that is cheap to change: 512 small buckets, of which a write copies one. A plain copied Map of
 * 100 000 conversations would cost several milliseconds per arriving message.
 */
export interface Table<T> {
  readonly buckets: readonly (ReadonlyMap<string, T> | undefined)[];
  readonly size: number;
}

const bucketCount = 512;

export const emptyTable: Table<never> = { buckets: [], size: 0 };

/** Ids made by us start with the time; their tail is what differs. */
function bucketOf(id: string): number {
  let hash = 0;
  for (let i = Math.max(0, id.length - 6); i < id.length; i++) hash = (hash * 31 + id.charCodeAt(i)) | 0;
  return (hash >>> 0) % bucketCount;
}

export const tableGet = <T>(table: Table<T>, id: string): T | undefined =>
  table.buckets[bucketOf(id)]?.get(id);

export function tableSet<T>(table: Table<T>, id: string, value: T): Table<T> {
  const at = bucketOf(id);
  const old = table.buckets[at];
  if (old?.get(id) === value) return table;
  const bucket = new Map(old);
  bucket.set(id, value);
  return withBucket(table, at, bucket, bucket.size - (old?.size ?? 0));
}

export function tableRemove<T>(table: Table<T>, id: string): Table<T> {
  const at = bucketOf(id);
  const old = table.buckets[at];
  if (!old?.has(id)) return table;
  const bucket = new Map(old);
  bucket.delete(id);
  return withBucket(table, at, bucket, -1);
}

/** Many at once: each bucket that they fall into is copied once. */
export function tableSetAll<T extends { readonly id: string }>(
  table: Table<T>,
  values: Iterable<T>,
): Table<T> {
  const buckets = [...table.buckets];
  const own = new Map<number, Map<string, T>>();
  let growth = 0;
  for (const value of values) {
    const at = bucketOf(value.id);
    const bucket = own.get(at) ?? new Map(buckets[at]);
    own.set(at, bucket);
    buckets[at] = bucket;
    if (!bucket.has(value.id)) growth++;
    bucket.set(value.id, value);
  }
  return own.size === 0 ? table : { buckets: fullLength(buckets), size: table.size + growth };
}

export function* tableValues<T>(table: Table<T>): Generator<T> {
  for (const bucket of table.buckets) if (bucket) yield* bucket.values();
}

function withBucket<T>(
  table: Table<T>,
  at: number,
  bucket: ReadonlyMap<string, T>,
  growth: number,
): Table<T> {
  const buckets = fullLength([...table.buckets]);
  buckets[at] = bucket;
  return { buckets, size: table.size + growth };
}

/** Without holes, so that the engine keeps it a plain array. */
function fullLength<T>(buckets: (ReadonlyMap<string, T> | undefined)[]) {
  for (let at = 0; at < bucketCount; at++) buckets[at] ??= undefined;
  return buckets;
}
