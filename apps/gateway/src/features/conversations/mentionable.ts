import { rolesOf } from "../../presenters/people.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { queueIdsOf, userById } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { may, maySee } from "../access.ts";

/** Of these people, each once, those who may log in and see the conversation: nobody else is to learn that it is there. */
export async function whoMaySee(
  tx: Tx,
  view: ConversationView,
  userIds: readonly string[],
): Promise<string[]> {
  const seeing: string[] = [];
  for (const userId of new Set(userIds)) {
    const user = await userById(tx, userId);
    if (!user || user.disabled === 1) continue;
    const permissions = await allowedTo(tx, rolesOf(user));
    if (!may({ permissions }, "work")) continue;
    const queueIds = await queueIdsOf(tx, userId);
    if (maySee({ userId, permissions, queueIds }, view)) seeing.push(userId);
  }
  return seeing;
}
