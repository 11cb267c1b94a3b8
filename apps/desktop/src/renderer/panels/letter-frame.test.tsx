import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { LetterFrame } from "./letter-frame.tsx";

const before = document.documentElement.dataset["theme"];
const turn = (theme = "") => {
  document.documentElement.dataset["theme"] = theme;
};
afterEach(() => turn(before));

const paper = () => /color-scheme:(\w+)/.exec(screen.getByTitle(/./).getAttribute("srcdoc") ?? "")?.[1];

test("a letter without colours of its own takes the theme's, as it is now", async () => {
  turn("light");
  show(await scripted({}), <LetterFrame html="<p>Màu gì cũng được</p>" quoted />);
  expect(paper()).toBe("light");
  act(() => turn("dark"));
  await waitFor(() => expect(paper()).toBe("dark"));
});

test.each([
  '<p style="color: #222">Chữ đen</p>',
  '<table bgcolor="#ffffff"><tr><td>Khung trắng</td></tr></table>',
  '<div style="background-color:#fff">Nền trắng</div>',
])("one that names a colour stays on white paper: %s", async (html) => {
  turn("dark");
  show(await scripted({}), <LetterFrame html={html} quoted />);
  expect(paper()).toBe("light");
});
