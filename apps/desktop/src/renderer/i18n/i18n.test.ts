import { afterEach, describe, expect, test } from "vitest";
import { en } from "./en/index.ts";
import { i18n, setLanguage, startI18n, t } from "./index.ts";
import { vi } from "./vi/index.ts";

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") out.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) out.set(path, text);
  }
  return out;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1] ?? "").sort();
const viTexts = flatten(vi);
const enTexts = flatten(en);

describe("the two languages", () => {
  test("have the same keys, English adding only singulars", () => {
    const plain = [...enTexts.keys()].filter((key) => !key.endsWith("_one"));
    expect(plain.sort()).toEqual([...viTexts.keys()].sort());
    const singulars = [...enTexts.keys()].filter((key) => key.endsWith("_one"));
    expect(singulars.filter((key) => !viTexts.has(key.replace(/_one$/, "_other")))).toEqual([]);
  });

  test("have no empty or untrimmed value, no exclamation mark, no half placeholder", () => {
    const bad = [...viTexts, ...enTexts].filter(
      ([, text]) =>
        text === "" ||
        text.trim() !== text ||
        text.includes("!") ||
        /[{}]/.test(text.replaceAll(/\{\{\w+\}\}/g, "")) ||
        text.normalize("NFC") !== text,
    );
    expect(bad).toEqual([]);
  });

  test("use the same placeholders", () => {
    const different = [...enTexts].filter(([key, text]) => {
      const base = viTexts.get(key.replace(/_one$/, "_other")) ?? "";
      return placeholders(text).join() !== placeholders(base).join();
    });
    expect(different).toEqual([]);
  });
});

describe("switching", () => {
  afterEach(() => setLanguage("vi"));

  test("html lang follows and the choice is handed out", async () => {
    const chosen: string[] = [];
    i18n.on("languageChanged", (next) => chosen.push(next));
    await setLanguage("en");
    expect(document.documentElement.lang).toBe("en");
    expect(chosen).toEqual(["en"]);
    expect(t("common.save")).toBe("Save");
    await setLanguage("vi");
    expect(t("common.save")).toBe("Lưu");
  });

  test("the start option is called on a change", async () => {
    const chosen: string[] = [];
    startI18n({ language: "vi", onLanguage: (language) => chosen.push(language) });
    await setLanguage("en");
    expect(chosen).toContain("en");
  });

  test("plurals choose the singular in English only", async () => {
    expect(t("common.nSelected", { count: 1 })).toBe("Đã chọn 1");
    await setLanguage("en");
    expect(t("conversation.heldMessages", { count: 1 })).toContain("1 message");
    expect(t("conversation.heldMessages", { count: 2 })).toContain("2 messages");
  });

  test("values are shown as they are, not as markup entities", () => {
    expect(t("common.removeNamed", { name: "<b>A & B</b>" })).toContain("<b>A & B</b>");
  });
});

test("a missing or wrong placeholder does not compile", () => {
  // @ts-expect-error the sentence needs a name
  t("common.removeNamed");
  // @ts-expect-error the sentence has no other placeholder
  t("common.removeNamed", { nam: "x" });
  // @ts-expect-error no such sentence
  t("common.nothingLikeThis");
  expect(t("common.nSelected", { count: 2 })).toBe("Đã chọn 2");
});
