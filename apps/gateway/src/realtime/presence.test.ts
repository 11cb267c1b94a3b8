import { expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { presence } from "./presence.ts";

const turn = () => new Promise((resume) => setImmediate(resume));

test("those who come one after the other are told in the same turn, so that they share a commit", async () => {
  let now = 0;
  const told: number[] = [];
  const store = { write: async () => void told.push(now) };
  const people = presence(() => ({ store }) as unknown as Ctx);
  for (const userId of ["lan", "minh", "hoa"]) {
    people.came(userId);
    await turn();
    now++;
  }
  expect(told).toEqual([]);
  const idle = people.idle();
  while (told.length === 0) {
    await turn();
    now++;
  }
  await idle;
  expect(told).toHaveLength(3);
  expect(new Set(told).size).toBe(1);
});

test("who comes and goes at once is not told at all", async () => {
  let writes = 0;
  const store = { write: async () => void writes++ };
  const people = presence(() => ({ store }) as unknown as Ctx);
  people.came("lan");
  people.left("lan");
  await people.idle();
  expect(writes).toBe(0);
});
