import { describe, expect, test } from "vitest";
import css from "../styles.css?raw";

/** Reads the light-dark() pairs of styles.css, so that a changed colour is checked without anybody's help. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: "light" | "dark"): number {
  const [one, two] = [tokens.get(a), tokens.get(b)];
  if (!one || !two) throw new Error(`no token ${one ? b : a}`);
  const [high = 0, low = 0] = [luminance(one[theme]), luminance(two[theme])].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const inks = ["ink", "ink-2", "ink-3", "accent-ink", "red-ink", "amber-ink", "green-ink", "blue-ink"];
const tints = [1, 2, 3, 4, 5, 6];
const text: [string, string][] = [
  ...inks.flatMap((ink) => grounds.map((ground): [string, string] => [ink, ground])),
  ...["green", "amber", "red", "blue"].map((hue): [string, string] => [`${hue}-ink`, `${hue}-soft`]),
  ...tints.map((n): [string, string] => [`tint-${n}-ink`, `tint-${n}`]),
  ["accent-ink", "accent-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-red", "red"],
  ["on-red", "red-hover"],
];
const marks = ["green", "amber", "red", "blue", "accent", "focus"].concat(
  ["voice", "facebook", "zalo", "sms", "email"].map((channel) => `channel-${channel}`),
);
const graphics: [string, string][] = [
  ...marks.flatMap((mark) => grounds.map((ground): [string, string] => [mark, ground])),
  ["line-strong", "surface"],
  ["line-strong", "raised"],
  ["line-strong", "canvas"],
];

test("the tokens were found", () => {
  expect(tokens.size).toBeGreaterThan(40);
});

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test.each(text)("%s on %s reads (4.5)", (ink, ground) =>
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5),
  );
  test.each(graphics)("%s on %s is seen (3)", (mark, ground) =>
    expect(contrast(mark, ground, theme)).toBeGreaterThanOrEqual(3),
  );
});
