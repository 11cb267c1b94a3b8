import {
  Directory,
  FloorChange,
  type PackedFloor,
  type PackedSnapshot,
  type Snapshot,
} from "@tongdai/shared";

/** The whole of a snapshot whose directory came packed. */
export async function unpack({ packed, ...own }: PackedSnapshot): Promise<Snapshot> {
  return { ...own, ...Directory.parse(await unzipped(packed)) };
}

export const unpackFloor = async ({ packed }: PackedFloor): Promise<FloorChange> =>
  FloorChange.parse(await unzipped(packed));

function unzipped(packed: PackedFloor["packed"]): Promise<unknown> {
  const stream = new Response(packed).body?.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}
