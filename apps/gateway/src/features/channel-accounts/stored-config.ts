import { z } from "zod";
import type { Ctx } from "../../context.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";

const Config = z.record(z.string(), z.unknown());
export type StoredConfig = z.infer<typeof Config>;

/** What cannot be opened any more must be given again: it counts as empty. */
export function storedConfig(
  ctx: Ctx,
  { id, config }: Pick<ChannelAccountRow, "id" | "config">,
): StoredConfig {
  try {
    return Config.parse(JSON.parse(ctx.secrets.open(config)));
  } catch (err) {
    ctx.log.warn({ err, account: id }, "the stored configuration does not open");
    return {};
  }
}
