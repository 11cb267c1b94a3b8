import { defaultWrapUpRules } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toUser } from "../../presenters/people.ts";
import { allUsers, queueByName, queueIdsOf, userByUsername } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { readSetting, writeSetting } from "../../store/settings.ts";
import { handlers as cannedReplies } from "../canned-replies/index.ts";
import { handlers as interactions, readStateRules } from "../interactions/index.ts";
import { saveQueue } from "../queues/index.ts";
import { createUser } from "../users/index.ts";
import { demo, demoPeople } from "./demo-file.ts";
import { at, hourOfDay, visitTimes } from "./past.ts";
import { outcomes, stateRules } from "./rules.ts";
import { saveAccounts } from "./save-accounts.ts";
import { saveOfficeHours } from "./save-hours.ts";
import { messengerStories, replies } from "./stories.ts";
import { storiesElsewhere } from "./stories-elsewhere.ts";
import { linkOne, type Telling, tellStory } from "./tell-story.ts";
import { FIRST_DAY, writeShifts } from "./write-shifts.ts";

const DONE = "demo_seeded";
const allStories = [...messengerStories, ...storiesElsewhere];

/**
 * Fills an empty store with the demo contact centre. Every step looks first whether it was done, so a start that was cut
 * short goes on where it stopped. What people change afterwards stays; only the vendor's address follows the configuration.
 */
export async function seedDemo(ctx: Ctx): Promise<void> {
  if ((await readSetting(ctx.store, DONE)) === undefined) {
    // The day before the first story, so that its people and queues are known to have been so on each day that is told.
    const opening = at(ctx, hourOfDay(ctx.clock.now(), { daysAgo: FIRST_DAY + 1, hour: 8 }));
    await savePeople(opening);
    await saveQueues(opening);
    await saveOfficeHours(ctx);
    await saveStates(ctx);
    await saveAccounts(ctx);
    await saveReplies(ctx);
    const callers = await everybody(ctx);
    const told = tellings(ctx, callers);
    for (const telling of told) await tellStory(ctx, telling);
    for (const ofOne of Map.groupBy(told, ({ person }) => person.name).values()) await linkOne(ctx, ofOne);
    await ctx.store.write(async (tx) => {
      await writeShifts(tx, ctx, shiftsOf(ctx, callers));
      await writeSetting(tx, DONE, String(ctx.clock.now()));
    });
  } else await saveAccounts(ctx);
}

async function savePeople(ctx: Ctx): Promise<void> {
  for (const { username, name, roles } of demo.users)
    if (!(await userByUsername(ctx.store, username)))
      await createUser(ctx, null, { username, name, roles, password: demo.password });
}

async function saveQueues(ctx: Ctx): Promise<void> {
  const users = await allUsers(ctx.store);
  for (const name of new Set(demo.users.flatMap((u) => u.queues))) {
    if (await queueByName(ctx.store, name)) continue;
    const members = demo.users.filter((u) => u.queues.includes(name)).map((u) => u.username);
    await saveQueue(ctx, null, {
      id: null,
      name,
      memberIds: users.filter((u) => members.includes(u.username)).map((u) => u.id),
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: outcomes[name]?.dispositions ?? [{ name: "Đã giải quyết", resolved: true }],
      wrapUp: { ...defaultWrapUpRules, form: outcomes[name]?.form ?? [] },
    });
  }
}

async function saveStates(ctx: Ctx): Promise<void> {
  const { version } = await readStateRules(ctx.store);
  if (version > stateRules.version) return;
  const admin = demo.users.find((u) => u.roles.includes("admin"))?.username ?? "";
  await interactions["state_rules.save"](ctx, await callerNamed(ctx, admin), stateRules);
}

async function saveReplies(ctx: Ctx): Promise<void> {
  const caller = await callerNamed(ctx, demo.users[0]?.username ?? "");
  for (const [shortcut, text] of replies)
    await cannedReplies["canned_reply.save"](ctx, caller, { id: null, shortcut, text });
}

async function everybody(ctx: Ctx): Promise<Map<string, Caller>> {
  const callers = new Map<string, Caller>();
  for (const { username } of demo.users) callers.set(username, await callerNamed(ctx, username));
  return callers;
}

/** Of the channels that are played at this start. */
const tellings = (ctx: Ctx, callers: ReadonlyMap<string, Caller>): Telling[] =>
  allStories.flatMap((story, index) => {
    const { who, on = "facebook" } = story;
    if (ctx.config.simulators[on] === undefined) return [];
    const person = demoPeople.find(({ name, channel }) => name === who && channel === on);
    if (!person) throw new Error(`demo.json has nobody called ${who} on ${on}`);
    return {
      story,
      person,
      visits: [...(story.earlier ?? []), { ...story.last, ...person.lastVisit }],
      index,
      callers,
    };
  });

/** Everybody with the visits that were theirs. */
const shiftsOf = (ctx: Ctx, callers: ReadonlyMap<string, Caller>) =>
  [...callers].map(([username, caller]) => ({
    username,
    caller,
    visits: tellings(ctx, callers).flatMap(({ visits, index }) =>
      visits.flatMap((visit, n) =>
        visit.by === username ? [visitTimes(ctx.clock.now(), visit, index + n)] : [],
      ),
    ),
  }));

/** Somebody of the demo as the one who acts, without a log-in. */
async function callerNamed(ctx: Ctx, username: string): Promise<Caller> {
  const row = await userByUsername(ctx.store, username);
  if (!row) throw new Error(`the demo has no ${username}`);
  const { id, roles } = toUser(row);
  const queueIds = await queueIdsOf(ctx.store, id);
  return { userId: id, sessionId: newId(), roles, permissions: await allowedTo(ctx.store, roles), queueIds };
}
