import { asList, asObject, asText, type Json, parseJson, plain } from "../kit/json.ts";
import type { Sim } from "./sim.ts";
import type { Grant, StoredMessage, Thread } from "./world.ts";

/** Files above this come back empty after a stop. */
const KEPT_BYTES = 1024 * 1024;

/** Everything that outlives a stop: tokens (each refresh token is good once, so they must), people, talks and their files. */
export function save(sim: Sim): Json {
  const oas = [...sim.world.oas.values()];
  const named = oas.flatMap((oa) =>
    [...oa.threads.values()].flatMap((t) =>
      t.messages.flatMap((m) => m.attachments.flatMap((a) => a.mediaId ?? [])),
    ),
  );
  return plain({
    travelledMs: sim.time.offset(),
    oas: oas.map(({ options, grant, chargedLeft, threads }) => ({
      oaId: options.oaId,
      grant,
      chargedLeft,
      threads: [...threads.values()],
    })),
    media: [...new Set(named)].flatMap((id) => {
      const file = sim.media.get(id);
      if (!file) return [];
      const bytes = file.bytes.length > KEPT_BYTES ? "" : Buffer.from(file.bytes).toString("base64");
      return [{ id, name: file.name, contentType: file.contentType, bytes }];
    }),
  });
}

/** Brings back what `save` wrote. Throws for what is no such thing. */
export function restore(sim: Sim, text: string): void {
  const saved = parseJson(text);
  if (saved === undefined) throw new Error("no JSON");
  const { travelledMs, oas, media } = asObject(saved);
  sim.time.travel(Number(travelledMs ?? 0));
  for (const one of asList(media).map(asObject))
    sim.media.restore(asText(one["id"]) ?? "", {
      name: asText(one["name"]) ?? "file",
      contentType: asText(one["contentType"]) ?? "application/octet-stream",
      bytes: Buffer.from(asText(one["bytes"]) ?? "", "base64"),
    });
  for (const one of asList(oas).map(asObject)) {
    const oa = sim.world.oas.get(asText(one["oaId"]) ?? "");
    if (!oa) continue;
    oa.chargedLeft = Number(one["chargedLeft"] ?? oa.chargedLeft);
    // Our own file: its shape is that of the world.
    const { grant, threads } = one as unknown as { grant: Grant | null; threads: readonly Thread[] };
    oa.grant = grant;
    for (const thread of threads)
      oa.threads.set(thread.userId, { ...thread, messages: [...thread.messages] as StoredMessage[] });
  }
}
