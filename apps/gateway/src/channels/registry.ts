import { AppError, type ChannelId, type ChannelInfo } from "@tongdai/shared";
import type { Channel } from "./channel.ts";

export interface ChannelRegistry {
  /** Those whose conversations come by the accounts of another one among them. */
  readonly all: readonly Channel[];
  /** Throws `not_found` for a channel that this gateway was not built with. */
  get(id: ChannelId): Channel;
  info(): ChannelInfo[];
}

export function channelRegistry(own: readonly Channel[]): ChannelRegistry {
  const all = own.flatMap((channel) => [channel, ...commentsOf(channel)]);
  const byId = new Map(all.map((c) => [c.id, c]));
  if (byId.size !== all.length) throw new Error("two channels with one id");
  return {
    all,
    get(id) {
      const channel = byId.get(id);
      if (!channel) throw new AppError("not_found", `no channel ${id}`);
      return channel;
    },
    info: () =>
      all.map((c) => ({
        id: c.id,
        capabilities: c.capabilities,
        setup: own.includes(c) ? c.setup : null,
        comments: (own.includes(c) && c.comments?.id) || null,
      })),
  };
}

/** What comes by another channel's accounts has none of its own. */
const commentsOf = (channel: Channel): Channel[] =>
  channel.comments
    ? [
        {
          ...channel,
          ...channel.comments,
          open() {
            throw new AppError("invalid_input", "it comes by the accounts of another channel", {
              field: "channel",
            });
          },
        },
      ]
    : [];
