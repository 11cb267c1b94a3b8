import type { CommandInput, Team } from "@tongdai/shared";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveTeam(client: Client, input: CommandInput<"team.save">): Promise<Team> {
  const { team } = await client.request("team.save", input);
  client.update((s) => ({ ...s, people: { ...s.people, teams: put(s.people.teams, team.id, team) } }));
  return team;
}

export async function removeTeam(client: Client, id: string): Promise<void> {
  await client.request("team.remove", { id });
  client.update((s) => ({ ...s, people: { ...s.people, teams: without(s.people.teams, id) } }));
}
