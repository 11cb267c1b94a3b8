import fc from "fast-check";
import { expect, test } from "vitest";
import { findDeepLink, parseDeepLink } from "./deep-link.ts";

const id = "0193e2a4-7d1c-7b6e-9f00-5a2b3c4d5e6f";

test("a conversation link is an id and nothing else", () => {
  expect(parseDeepLink(`tongdai://conversation/${id}`)).toEqual({ kind: "conversation", id });
  expect(parseDeepLink(`TONGDAI://Conversation/${id.toUpperCase()}/`)).toEqual({ kind: "conversation", id });
});

test.each([
  `tongdai://conversation/${id}/../../x`,
  `tongdai://conversation/${id}?next=javascript:alert(1)`,
  `tongdai://conversation/${id}#x`,
  `tongdai://conversation@evil.test/${id}`,
  "tongdai://conversation/1",
  "tongdai://settings/gateway",
  `https://evil.test/?tongdai://conversation/${id}`,
  `--x=tongdai://conversation/${id}`,
  "app://tongdai/",
  "sip:lan@example.vn",
  "tel:",
  "tel:**21*0901234567%23",
  "tel:*#06#",
  "tel:+84abc",
  "tel:1",
  `tel:${"9".repeat(30)}`,
  "tel:%00",
])("no link: %s", (text) => expect(parseDeepLink(text)).toBeUndefined());

test.each([
  ["tel:+84901234567", "+84901234567"],
  ["tel:0901 234 567", "0901234567"],
  ["TEL:+84-28-3822-1234;ext=12", "+842838221234"],
  ["tel:(028)%203822.1234", "02838221234"],
  ["tel:113", "113"],
])("a number: %s", (text, number) => expect(parseDeepLink(text)).toEqual({ kind: "number", number }));

test("it is found among the switches of a second instance", () => {
  const argv = [
    "/opt/tongdai",
    "--allow-file-access",
    "--original-process-start-time=1",
    `tongdai://conversation/${id}`,
  ];
  expect(findDeepLink(argv)).toEqual({ kind: "conversation", id });
  expect(findDeepLink(["/opt/tongdai", "."])).toBeUndefined();
});

test("a number is digits, whatever is written", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const link = parseDeepLink(`tel:${text}`);
      expect(link === undefined || (link.kind === "number" && /^\+?\d{2,20}$/.test(link.number))).toBe(true);
    }),
  );
});
