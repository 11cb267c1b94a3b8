import { AgentSkills, commands, Need } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { limitsOf, rolesOf, toUser } from "../../presenters/people.ts";
import { allAgents, allUsers } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { may } from "../access.ts";
import { createUser, handlers as users } from "../users/index.ts";
import type { Section, Thing } from "./sections.ts";

/**
 * People without their passwords: whoever is made has none until somebody gives them one. Their teams and queues stand with the
 * teams and queues.
 */
export const peopleSection: Section = {
  known: ["username"],
  natural: true,
  read: readPeople,
  save: savePerson,
  todo: async (_ctx, _item, there) => (there ? null : "give_password"),
};

async function readPeople(ctx: Ctx): Promise<Thing[]> {
  const limits = new Map((await allAgents(ctx.store)).map((row) => [row.user_id, limitsOf(row)]));
  const people: Thing[] = [];
  for (const row of (await allUsers(ctx.store)).toSorted((a, b) => (a.username < b.username ? -1 : 1))) {
    const { id, version, username, name, roles, skills, disabled } = toUser(row);
    const works = may({ permissions: await allowedTo(ctx.store, rolesOf(row)) }, "work");
    // Who takes no part in the work has neither.
    const ability = works ? { skills: listed(skills), limits: limits.get(id) } : {};
    people.push({ id, version, item: { username, name, roles, disabled, ...ability } });
  }
  return people;
}

/** Skills are named where values are, not where keys are. */
const listed = (skills: AgentSkills): Need[] =>
  Object.entries(skills).map(([skillId, level]) => ({ skillId, level }));

const Skills = z.array(Need).optional();

async function savePerson(ctx: Ctx, by: Caller, input: Thing["item"]): Promise<void> {
  const { id, version, username, skills: list, disabled, ...rest } = input;
  const skills = Skills.parse(list);
  const levels = skills && Object.fromEntries(skills.map(({ skillId, level }) => [skillId, level]));
  const ability = levels === undefined ? {} : { skills: AgentSkills.parse(levels) };
  const update = commands["user.update"].input;
  if (id !== undefined) {
    await users["user.update"](ctx, by, update.parse({ ...rest, ...ability, userId: id, version, disabled }));
    return;
  }
  const { password: _none, ...person } = commands["user.create"].input.shape;
  const made = await createUser(ctx, by, z.strictObject(person).parse({ username, ...rest, ...ability }));
  if (disabled === true) await users["user.update"](ctx, by, { userId: made.id, disabled });
}
