/** What was typed as a number, with the comma of Vietnamese decimals or a point; nothing is no number. */
export const asNumber = (text: string): number => {
  const clean = text.trim().replace(",", ".");
  return clean === "" ? Number.NaN : Number(clean);
};
