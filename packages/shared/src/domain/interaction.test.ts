import { expect, test } from "vitest";
import { InteractionState } from "../contract/conversations.ts";
import { AppError } from "../contract/errors.ts";
import { assertTransition } from "./interaction.ts";

/** The arrows as drawn, written down a second time by hand. */
const arrows: [InteractionState, InteractionState][] = [
  ["waiting", "offered"],
  ["waiting", "active"],
  ["waiting", "closed"],
  ["offered", "active"],
  ["offered", "waiting"],
  ["offered", "closed"],
  ["active", "wrap_up"],
  ["active", "waiting"],
  ["active", "closed"],
  ["active", "parked"],
  ["parked", "active"],
  ["parked", "waiting"],
  ["parked", "closed"],
  ["wrap_up", "active"],
  ["wrap_up", "waiting"],
  ["wrap_up", "closed"],
];
const states = InteractionState.options;
const every = states.flatMap((from) => states.map((to) => [from, to] as const));

test.for(every)("%s -> %s", ([from, to]) => {
  const go = () => assertTransition(from, to);
  if (arrows.some(([a, b]) => a === from && b === to)) expect(go).not.toThrow();
  else {
    expect(go).toThrow(AppError);
    expect(go).toThrow(`interaction ${from} -> ${to}`);
  }
});

test("every state is reached from waiting, and every open one can close", () => {
  const reached = new Set<InteractionState>(["waiting"]);
  for (const from of reached) for (const [a, b] of arrows) if (a === from) reached.add(b);
  expect([...reached].toSorted()).toEqual(states.toSorted());
  for (const state of states.filter((s) => s !== "closed"))
    expect(() => assertTransition(state, "closed")).not.toThrow();
});
