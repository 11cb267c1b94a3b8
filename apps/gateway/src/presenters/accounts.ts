import { type Need, Needs } from "@tongdai/shared";
import { fromJson } from "../store/json.ts";
import type { ChannelAccountRow } from "../store/schema.ts";

/** What an account's work asks of an agent. */
export const needsOf = (r: Pick<ChannelAccountRow, "needs">): readonly Need[] =>
  r.needs === "[]" ? [] : fromJson(Needs, r.needs);
