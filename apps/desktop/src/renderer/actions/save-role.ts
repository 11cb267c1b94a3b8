import type { CommandInput, Role } from "@tongdai/shared";
import { withOwnRights } from "../state/access.ts";
import { put, without } from "../state/same.ts";
import type { Client } from "./client.ts";

export async function saveRole(client: Client, input: CommandInput<"role.save">): Promise<Role> {
  const { role } = await client.request("role.save", input);
  client.update((s) =>
    withOwnRights({ ...s, people: { ...s.people, roles: put(s.people.roles, role.id, role) } }),
  );
  return role;
}

export async function removeRole(client: Client, id: string): Promise<void> {
  await client.request("role.remove", { id });
  client.update((s) => ({ ...s, people: { ...s.people, roles: without(s.people.roles, id) } }));
}
