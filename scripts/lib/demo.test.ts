import { expect, test } from "vitest";
import { readDemo, simulatorConfigs } from "./demo.ts";
import { addressesFrom } from "./product.ts";

test("the simulator knows the demo's people and when they wrote last, by Vietnam's days", () => {
  const demo = readDemo();
  const evening = Date.UTC(2026, 10, 21, 18, 30); // 01:30 on the 22nd in Vietnam
  const [app] = JSON.parse(
    simulatorConfigs(demo, addressesFrom("http://127.0.0.1:4000", 4010), evening).facebook,
  );
  const pages = demo.facebook.apps.flatMap((one) => one.pages);
  expect(app.pages.map((page: { people: unknown[] }) => page.people.length)).toEqual(
    pages.map((page) => page.people.length),
  );
  expect(app.pages[0].people).toContainEqual({
    psid: "900000000000002",
    name: "Lê Minh Châu",
    lastWroteAt: Date.UTC(2026, 10, 21, 9), // 16:00 on the day before
  });
});

test("no two people of the demo share an id or a name", () => {
  const people = readDemo().facebook.apps.flatMap((app) => app.pages.flatMap((page) => page.people));
  expect(new Set(people.map(({ psid }) => psid)).size).toBe(people.length);
  expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
});
