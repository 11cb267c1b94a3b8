import { AppError } from "@tongdai/shared";
import { toUser } from "../../presenters/people.ts";
import type { Queryable } from "../../store/index.ts";
import { userById } from "../../store/people.ts";
import { allowedTo } from "../../store/roles.ts";
import { may } from "../access.ts";

/** Throws `invalid_input` unless this user is there and can work on a ticket. */
export async function assertOwner(q: Queryable, userId: string): Promise<void> {
  const row = await userById(q, userId);
  const user = row && toUser(row);
  if (!user || user.disabled || !may({ permissions: await allowedTo(q, user.roles) }, "work"))
    throw new AppError("invalid_input", "nobody who could own a ticket", { field: "ownerId" });
}
