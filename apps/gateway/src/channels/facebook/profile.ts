import { z } from "zod";
import type { Profile } from "../channel.ts";
import { Text, webUrl } from "../kit/values.ts";
import { refusal } from "./errors.ts";
import type { Graph, Trouble } from "./graph.ts";

const Name = Text.optional().catch(undefined);
const Person = z.object({
  name: Name,
  first_name: Name,
  last_name: Name,
  profile_pic: z.unknown().optional(),
});

/** Codes by which Meta says that it will not tell: no such object, no permission, person unavailable. */
const untold = new Set([10, 100, 200, 551]);
const PHONE_NUMBER_ACCOUNT = 2018218;

const isUntold = (t: Trouble): boolean =>
  t.kind === "refused" && !t.transient && (t.subcode === PHONE_NUMBER_ACCOUNT || untold.has(t.code));

/**
 * Name and picture of a page-scoped id. An app without access gets an empty object. Source: Meta, "User profile".
 * @returns `null` where Meta does not tell
 * @throws AppError `channel_paused` (credentials), `channel_refused` or `unavailable`
 */
export async function fetchProfile(
  graph: Graph,
  externalId: string,
  signal: AbortSignal,
): Promise<Profile | null> {
  const query = { fields: "first_name,last_name,name,profile_pic" };
  const answer = await graph({ method: "GET", path: encodeURIComponent(externalId), query }, signal);
  if (answer.kind !== "ok") {
    if (isUntold(answer)) return null;
    throw refusal(answer);
  }
  const person = Person.safeParse(answer.body).data;
  const parts = [person?.first_name, person?.last_name].filter(Boolean).join(" ");
  const name = (person?.name ?? parts).trim();
  return name === "" ? null : { name, pictureUrl: webUrl(person?.profile_pic) };
}
