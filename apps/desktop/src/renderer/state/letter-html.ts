const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain words as a rich text: a paragraph for each line. */
export const htmlOf = (text: string): string =>
  text
    .split("\n")
    .map((line) => `<p>${line.replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)}</p>`)
    .join("");

/** As it is sent: programs leave a space between paragraphs and fold empty ones, where the writer saw lines. */
export const mailHtml = (html: string): string =>
  html.replaceAll("<p></p>", "<p><br></p>").replaceAll("<p>", '<p style="margin:0">');
