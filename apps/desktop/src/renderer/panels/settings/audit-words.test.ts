import { auditActions } from "@tongdai/shared";
import { expect, test } from "vitest";
import { languages, setLanguage, t } from "../../i18n/index.ts";
import { actionText } from "./audit-words.ts";

test.each(languages)(
  "in %s the audit has words for everything that the gateway notes, no two alike",
  async (language) => {
    await setLanguage(language);
    const texts = auditActions.map((action) => actionText(action, t));
    for (const text of texts) expect(text).not.toMatch(/[._]/);
    expect(new Set(texts).size).toBe(texts.length);
  },
);

test("what this client does not know stays as the gateway calls it", () => {
  expect(actionText("moon.landed", t)).toBe("moon.landed");
});
