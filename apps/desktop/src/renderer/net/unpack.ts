import { Directory, type PackedSnapshot, type Snapshot } from "@tongdai/shared";

/** The whole of a snapshot whose directory came packed. */
export async function unpack({ packed, ...own }: PackedSnapshot): Promise<Snapshot> {
  const stream = new Response(packed).body?.pipeThrough(new DecompressionStream("gzip"));
  return { ...own, ...Directory.parse(await new Response(stream).json()) };
}
