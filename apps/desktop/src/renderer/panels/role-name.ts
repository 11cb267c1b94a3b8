import { BuiltInRole, type Role } from "@tongdai/shared";
import type { T } from "../i18n/index.ts";

/** A built-in role is named in the reader's language, one of the users' making by its own name. */
export function roleName({ id, name }: Pick<Role, "id" | "name">, t: T): string {
  const builtIn = BuiltInRole.safeParse(id);
  return builtIn.success ? t(`agent.role.${builtIn.data}`) : name;
}
