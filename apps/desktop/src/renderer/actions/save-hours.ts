import type { CommandInput, Hours } from "@tongdai/shared";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveHours(client: Client, input: CommandInput<"hours.save">): Promise<Hours> {
  const { hours } = await client.request("hours.save", input);
  client.update((s) => ({
    ...s,
    people: { ...s.people, hours: put(s.people.hours, hours.id, hours) },
  }));
  return hours;
}

export async function removeHours(client: Client, id: string): Promise<void> {
  await client.request("hours.remove", { id });
  client.update((s) => ({ ...s, people: { ...s.people, hours: without(s.people.hours, id) } }));
}
