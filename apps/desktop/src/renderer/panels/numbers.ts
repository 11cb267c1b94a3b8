/** What was typed as a number, with the comma of Vietnamese decimals or a point; nothing is no number. */
export const asNumber = (text: string): number => {
  const clean = text.trim().replace(",", ".");
  return clean === "" ? Number.NaN : Number(clean);
};

/** Minutes as they are typed: nothing is `null`, no limit; `undefined`: not a number that may stand there. */
export function minutesOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const minutes = asNumber(text);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 600 ? minutes : undefined;
}
