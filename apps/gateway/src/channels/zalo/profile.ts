import { z } from "zod";
import type { Profile } from "../channel.ts";
import { Text, webUrl } from "../kit/values.ts";
import type { Api } from "./api.ts";
import { refusal } from "./errors.ts";
import { isVisitor } from "./visitor.ts";

const Words = Text.nullish().catch(null);
const Person = z.object({ display_name: Words, user_alias: Words, avatar: z.unknown().optional() });

/** Codes by which the vendor says that it will not tell: not a follower, not a person of this account, no longer there. */
const untold = new Set([-201, -213, -217, -227, -244]);

/**
 * Name and picture of a user id of this account. Source: Zalo for Developers, "Get user detail".
 * @returns `null` where the vendor does not tell
 * @throws AppError `channel_paused`, `channel_refused` or `unavailable`
 */
export async function fetchProfile(api: Api, address: string, signal: AbortSignal): Promise<Profile | null> {
  if (isVisitor(address)) return null;
  const answer = await api(
    { method: "GET", path: "/v3.0/oa/user/detail", data: { user_id: address } },
    signal,
  );
  if (answer.kind === "refused" && untold.has(answer.code)) return null;
  if (answer.kind !== "ok") throw refusal(answer);
  const person = Person.safeParse(answer.data).data;
  const name = (person?.display_name || person?.user_alias || "").trim();
  return name === "" ? null : { name, pictureUrl: webUrl(person?.avatar) };
}
