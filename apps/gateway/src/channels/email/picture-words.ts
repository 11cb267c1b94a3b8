/**
 * Words made from a formatted text, without the addresses of its pictures: what a picture says for itself (`alt`) stays, and of
 * one that says nothing the link around it goes too. html-to-text 10 writes a picture as `alt [address]`, and the address of a link
 * around it close behind.
 */
export function withoutPictures(text: string, html: string): string {
  const pictures = picturesIn(html);
  if (pictures.size === 0) return text;
  const lines = text.split("\n").map((line) => {
    const shown = line.replaceAll(MARK, (whole: string, address: string, link: string | undefined) => {
      const says = pictures.get(address);
      if (says === undefined) return whole;
      return says && link ? ` [${link}]` : "";
    });
    return shown === line ? line : shown.replaceAll(/ {2,}/g, " ").trim();
  });
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}

/** No bracket in brackets: a line of a million of them is read once. */
const MARK = /\[([^[\]\s]+)\](https?:\/\/\S+)?/g;

/** No tag in a tag either. */
const IMG = /<img\b([^<>]*)>/gi;

/** Addresses of the pictures, and whether each says something for itself. */
function picturesIn(html: string): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [, attributes = ""] of html.matchAll(IMG)) {
    const src = attributeOf(attributes, /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i);
    const alt = attributeOf(attributes, /\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i);
    if (src !== "") found.set(src, found.get(src) === true || alt !== "");
  }
  return found;
}

const attributeOf = (attributes: string, pattern: RegExp): string => {
  const [, ...quoted] = pattern.exec(attributes) ?? [];
  return (quoted.find((value) => value !== undefined) ?? "").replaceAll("&amp;", "&").trim();
};
