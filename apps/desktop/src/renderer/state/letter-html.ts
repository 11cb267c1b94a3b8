const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain words as a rich text: a paragraph for each line. */
export const htmlOf = (text: string): string =>
  text
    .split("\n")
    .map((line) => `<p>${line.replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)}</p>`)
    .join("");
