import { AppError } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { createUser } from "../users/index.ts";
import { removeSkill } from "./remove-skill.ts";
import { saveSkill } from "./save-skill.ts";

const ROUNDS = 12;

describe.each(["sqlite", "postgres"] as const)("skills at once on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  const make = (name: string) => saveSkill(ctx, s.admin, { id: null, name });

  test("one name that two make is one skill, and one that two take is one's, the other hears of a conflict", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const made = await Promise.all([make(`Tên ${round}`), make(`Tên ${round}`), make(`Tên ${round}`)]);
      expect(new Set(made.map((skill) => skill.id)).size).toBe(1);
      const [a, b] = await Promise.all([make(`A ${round}`), make(`B ${round}`)]);
      const outcomes = await Promise.allSettled(
        [a, b].map((skill) =>
          saveSkill(ctx, s.admin, { id: skill.id, name: `Chung ${round}`, version: skill.version }),
        ),
      );
      const refused = outcomes.flatMap((o) => (o.status === "rejected" ? [o.reason as unknown] : []));
      expect(refused).toMatchObject([{ code: "conflict", details: { field: "name" } }]);
    }
  });

  test("nobody is given a skill that is just being removed", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const skill = await make(`Mất ${round}`);
      const [created, removed] = await Promise.allSettled([
        createUser(ctx, null, {
          username: `nguoi-${round}`,
          name: "Người",
          password: "mat-khau-rat-dai",
          roles: ["agent"],
          skills: { [skill.id]: 3 },
        }),
        removeSkill(ctx, s.admin, skill.id),
      ]);
      expect([created.status, removed.status].sort()).toEqual(["fulfilled", "rejected"]);
      for (const o of [created, removed])
        if (o.status === "rejected") expect(o.reason).toBeInstanceOf(AppError);
    }
  });
});
