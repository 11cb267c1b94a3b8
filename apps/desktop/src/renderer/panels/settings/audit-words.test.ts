import { auditActions, QueueThresholds, ReportDefinition, ThresholdMeasure } from "@tongdai/shared";
import { expect, test } from "vitest";
import { languages, setLanguage, t } from "../../i18n/index.ts";
import { noPeople } from "../../state/model.ts";
import { actionText } from "./audit-words.ts";
import { changeLine } from "./change-words.ts";

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

const floorFields: readonly (readonly string[])[] = [
  ...Object.keys(ReportDefinition.shape).map((field) => [field]),
  ...ThresholdMeasure.options.flatMap((measure) =>
    Object.keys(QueueThresholds.shape[measure].shape).map((level) => [measure, level]),
  ),
];

test.each(languages)(
  "in %s every field of the floor's definition and thresholds has words",
  async (language) => {
    await setLanguage(language);
    const nameless = () => "nameless";
    const lines = floorFields.map((path) =>
      changeLine(
        { path: [...path], was: null, is: 5 },
        { people: noPeople, t, word: nameless, key: nameless, isNew: true },
      ),
    );
    for (const line of lines) expect(line).not.toContain("nameless");
    expect(new Set(lines).size).toBe(floorFields.length);
  },
);
