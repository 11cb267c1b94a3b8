import type { CommandInput, Skill } from "@tongdai/shared";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveSkill(client: Client, input: CommandInput<"skill.save">): Promise<Skill> {
  const { skill } = await client.request("skill.save", input);
  client.update((s) => ({ ...s, people: { ...s.people, skills: put(s.people.skills, skill.id, skill) } }));
  return skill;
}

/** Refused with `conflict` while somebody has it or a queue asks for it. */
export async function removeSkill(client: Client, id: string): Promise<void> {
  await client.request("skill.remove", { id });
  client.update((s) => ({ ...s, people: { ...s.people, skills: without(s.people.skills, id) } }));
}
