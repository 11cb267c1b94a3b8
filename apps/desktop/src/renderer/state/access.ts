import { type Permission, permissionsOf, type User } from "@tongdai/shared";
import type { PeopleSlice, State } from "./model.ts";

/** What somebody may do, as the roles are now. */
export const rightsOf = ({ roles }: Pick<PeopleSlice, "roles">, user: Pick<User, "roles">): Set<Permission> =>
  permissionsOf(user.roles, Object.values(roles));

/** After a change of oneself or of a role: what one may do follows at once. */
export function withOwnRights(state: State): State {
  const { me, permissions } = state.session;
  if (me === null) return state;
  const now = rightsOf(state.people, me);
  if (now.size === permissions.length && permissions.every((p) => now.has(p as Permission))) return state;
  return { ...state, session: { ...state.session, permissions: [...now] } };
}
