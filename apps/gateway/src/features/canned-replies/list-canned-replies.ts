import type { CannedReply } from "@tongdai/shared";
import { allCannedReplies } from "../../store/canned-replies.ts";
import type { Queryable } from "../../store/index.ts";

/** By shortcut. */
export const listCannedReplies = (q: Queryable): Promise<CannedReply[]> => allCannedReplies(q);
