import type { Directory } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { listCannedReplies } from "../features/canned-replies/index.ts";
import { toAccount } from "../features/channel-accounts/index.ts";
import { listHours } from "../features/hours/index.ts";
import { readStateRules } from "../features/interactions/index.ts";
import { readCapacity } from "../features/routing/index.ts";
import { listAccountSignatures } from "../features/signatures/index.ts";
import { packed } from "../presenters/packed.ts";
import { toAgentState, toQueue, toUser } from "../presenters/people.ts";
import { allAccounts } from "../store/accounts.ts";
import { breathe } from "../store/breathe.ts";
import { entryTime } from "../store/journal.ts";
import { allAgents, allQueues, allUsers } from "../store/people.ts";
import { allRoles } from "../store/roles.ts";
import { allSkills } from "../store/skills.ts";
import { allStaffing } from "../store/staffing.ts";
import { allTeams } from "../store/teams.ts";

/** What is the same for every reader, as of a number of the journal. */
export interface SharedDirectory {
  readonly head: number;
  readonly headAt: number | null;
  readonly content: Directory | { readonly packed: Uint8Array<ArrayBuffer> };
}

/** Journal rows that a reader can be sent behind an older directory: many more would take longer than a new one. */
const MAX_BEHIND = 200;
const MAX_AGE_MS = 1_000;

/**
 * Readers who come at once share one directory. What has changed since it was read follows it from the journal, as it
 * follows any snapshot.
 */
export function directories(ctx: () => Ctx): (head: number) => Promise<SharedDirectory> {
  let last: { head: number; at: number; directory: Promise<SharedDirectory> } | null = null;
  return (head) => {
    const at = ctx().clock.now();
    const behind = last ? head - last.head : Number.NaN;
    const age = last ? at - last.at : Number.NaN;
    if (last && behind >= 0 && behind <= MAX_BEHIND && age >= 0 && age <= MAX_AGE_MS) return last.directory;
    const next = { head, at, directory: readDirectory(ctx(), head) };
    next.directory.catch(() => {
      if (last === next) last = null;
    });
    last = next;
    return next.directory;
  };
}

async function readDirectory(ctx: Ctx, head: number): Promise<SharedDirectory> {
  const q = ctx.store;
  const headAt = await entryTime(q, head);
  const staffing = await allStaffing(q);
  const users = (await allUsers(q)).map(toUser);
  await breathe();
  const agents = (await allAgents(q)).map(toAgentState);
  await breathe();
  const content: Directory = {
    users,
    queues: (await allQueues(q)).map((r) => toQueue(r, staffing(r.id))),
    agents,
    channels: ctx.channels.info(),
    accounts: (await allAccounts(q)).map(toAccount),
    cannedReplies: await listCannedReplies(q),
    signatures: await listAccountSignatures(q),
    hours: await listHours(q),
    skills: await allSkills(q),
    teams: await allTeams(q),
    roles: await allRoles(q),
    capacity: await readCapacity(q),
    stateRules: await readStateRules(q),
  };
  return {
    head,
    headAt,
    content: await packed(content),
  };
}
