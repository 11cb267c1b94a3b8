import { gunzipSync } from "node:zlib";
import { type CommandOutput, Directory } from "@tongdai/shared";

/** Who and what there is, as a first `sync.start` tells it: a large one comes compressed. */
export function directoryOf(start: CommandOutput<"sync.start">): Directory {
  if (start.mode !== "snapshot") throw new Error("no snapshot was told");
  const { snapshot } = start;
  if (!("packed" in snapshot)) return snapshot;
  return Directory.parse(JSON.parse(String(gunzipSync(new Uint8Array(snapshot.packed)))));
}
