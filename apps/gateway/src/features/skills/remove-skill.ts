import { AppError } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { needsOf } from "../../presenters/accounts.ts";
import { rulesOf, skillsOf } from "../../presenters/people.ts";
import { allAccounts } from "../../store/accounts.ts";
import type { Tx } from "../../store/index.ts";
import { allQueues, allUsers } from "../../store/people.ts";
import { deleteSkill, holdSkills, skillById } from "../../store/skills.ts";
import { audit } from "../audit/index.ts";

/** Removing what is gone already is no error. Throws `conflict` while a queue asks for it or somebody has it. */
export const removeSkill = (ctx: Ctx, caller: Caller, id: string): Promise<void> =>
  ctx.store.write(async (tx) => {
    await holdSkills(tx);
    const was = await skillById(tx, id);
    if (!was) return;
    if (await isUsed(tx, id))
      throw new AppError("conflict", "a queue or a person has this skill", { reason: "in_use" });
    await deleteSkill(tx, id);
    const event = { at: ctx.clock.now(), actorId: caller.userId, scopes: ["org"] };
    tx.journal({ ...event, name: "skill.removed", data: { id } });
    await audit(tx, ctx, { by: caller, action: "skill.removed", target: id, detail: { name: was.name } });
  });

async function isUsed(tx: Tx, id: string): Promise<boolean> {
  const asks = (await allQueues(tx)).some((queue) =>
    rulesOf(queue).rings.some((ring) => [...ring.needs, ...ring.prefers].some((need) => need.skillId === id)),
  );
  const accounts = (await allAccounts(tx)).some((a) => needsOf(a).some((need) => need.skillId === id));
  return asks || accounts || (await allUsers(tx)).some((user) => id in skillsOf(user.skills));
}
