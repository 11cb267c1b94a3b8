import { ChannelId, type PriorityRule, rankAt } from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "../../store/json.ts";
import type { InteractionRow } from "../../store/schema.ts";

const Tags = z.array(z.string());

export type Standing = Pick<InteractionRow, "waiting_since" | "boost" | "channel">;

/** @param tags the customer's, as stored */
export const rank = (row: Standing, tags: string, rule: PriorityRule): number =>
  rankAt(
    {
      waitingSince: row.waiting_since,
      boost: row.boost,
      channel: ChannelId.parse(row.channel),
      tags: tags === "[]" ? [] : fromJson(Tags, tags),
    },
    rule,
  );
