import type { JSONContent } from "@tiptap/react";
import { expect, test } from "vitest";
import { plainOf } from "./rich-plain.ts";

const p = (...content: (string | JSONContent)[]): JSONContent => ({
  type: "paragraph",
  content: content.map((each) => (typeof each === "string" ? { type: "text", text: each } : each)),
});
const doc = (...content: JSONContent[]): JSONContent => ({ type: "doc", content });
const item = (...content: JSONContent[]): JSONContent => ({ type: "listItem", content });
const link = (text: string, href: string): JSONContent => ({
  type: "text",
  text,
  marks: [{ type: "link", attrs: { href } }],
});

test("each paragraph is a line, and an empty one an empty line", () => {
  expect(plainOf(doc(p("Chào chị,"), p(), p("Đơn đã đi."), p()))).toBe("Chào chị,\n\nĐơn đã đi.");
  expect(plainOf(doc(p("a", { type: "hardBreak" }, "b")))).toBe("a\nb");
});

test("lists keep their marks and depth, quotes their sign", () => {
  const inner = { type: "bulletList", content: [item(p("sâu"))] };
  const list = { type: "orderedList", attrs: { start: 3 }, content: [item(p("một"), inner), item(p("hai"))] };
  expect(plainOf(doc(list, { type: "blockquote", content: [p("x"), p("y")] }))).toBe(
    "3. một\n   - sâu\n4. hai\n> x\n> y",
  );
});

test("a link says where it leads, unless its words do", () => {
  expect(plainOf(doc(p("Xem ", link("tại đây", "https://sen.vn/a"), ".")))).toBe(
    "Xem tại đây (https://sen.vn/a).",
  );
  expect(plainOf(doc(p(link("sen.vn", "https://sen.vn/"))))).toBe("sen.vn");
});
