import { AppError, type ChannelId, type ChannelInfo } from "@tongdai/shared";
import type { Channel } from "./channel.ts";

export interface ChannelRegistry {
  readonly all: readonly Channel[];
  /** Throws `not_found` for a channel that this gateway was not built with. */
  get(id: ChannelId): Channel;
  info(): ChannelInfo[];
}

export function channelRegistry(all: readonly Channel[]): ChannelRegistry {
  const byId = new Map(all.map((c) => [c.id, c]));
  if (byId.size !== all.length) throw new Error("two channels with one id");
  return {
    all,
    get(id) {
      const channel = byId.get(id);
      if (!channel) throw new AppError("not_found", `no channel ${id}`);
      return channel;
    },
    info: () => all.map((c) => ({ id: c.id, capabilities: c.capabilities, setup: c.setup })),
  };
}
