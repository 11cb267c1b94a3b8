import type { User } from "@tongdai/shared";
import { builtInRoles } from "@tongdai/shared";
import { expect, test } from "vitest";
import { id, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { maySee } from "./suggestions.tsx";

test("a note proposes only people who may see the conversation", () => {
  const stranger: User = { ...minh, id: id(78) };
  const roles = Object.fromEntries(builtInRoles.map((role) => [role.id, role]));
  const queues = { [queueCare.id]: { ...queueCare, memberIds: [minh.id] } };
  const sees = (user: User) => maySee(user, { queueId: queueCare.id, interaction: null }, { queues, roles });
  expect([sees(minh), sees(stranger)]).toEqual([true, false]);
  expect(sees({ ...stranger, roles: ["supervisor"] })).toBe(true);
  expect(sees({ ...minh, roles: ["admin"] })).toBe(false);
});
