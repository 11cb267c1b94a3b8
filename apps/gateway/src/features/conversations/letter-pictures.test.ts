import { describe, expect, it } from "vitest";
import { cleanHtml } from "../../channels/email/clean-html.ts";
import { picturesIn, withPictures } from "./letter-pictures.ts";

const REMOTE = "https://evil.example/p.png";
const shut = (html: string): string => withPictures(cleanHtml(html), () => null);

describe("the pictures of a letter", () => {
  it.each([
    ["plain", `<img src="${REMOTE}">`],
    ["after words that look like an address", `<p> src="data:<img src="${REMOTE}"></p>`],
    ["after words with an odd quote", `<p>he said " src=" <img alt='"' src="${REMOTE}"></p>`],
    ["within another attribute first", `<img title=" src=" alt=" src=&quot;data:" src="${REMOTE}">`],
    ["beside an attribute without a value", `<img hidden src=${REMOTE} alt>`],
    ["with a bracket in its words", `<img alt="a > b" src="${REMOTE}">`],
  ])("that lie elsewhere stay away until somebody asks for them: %s", (_, html) => {
    expect(picturesIn(cleanHtml(html))).toEqual([REMOTE]);
    expect(shut(html)).not.toMatch(/<img[^>]*evil/);
  });

  it("stand at the address that they are given, and nothing else changes", () => {
    const html = cleanHtml(`<p title=' src="x"'> src="y" <b>chữ</b><img alt="a" src="${REMOTE}"></p>`);
    const now = withPictures(html, () => "data:image/png;base64,AA==");
    expect(now).toBe(html.replace(REMOTE, "data:image/png;base64,AA=="));
  });
});
