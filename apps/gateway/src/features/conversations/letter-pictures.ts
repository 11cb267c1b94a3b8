/** As the sanitiser writes it: between its quotes no attribute has a quote or a bracket of its own. */
const PICTURE = /<img( [^<>]*)>/g;
const ATTRIBUTE = / ([\w-]+)="([^"]*)"/g;

/** Addresses of the pictures in clean formatted text, as they stand there, each once. */
export function picturesIn(html: string): string[] {
  const found = new Set<string>();
  withPictures(html, (source) => {
    found.add(source);
    return null;
  });
  return [...found];
}

/** The text with each picture at another address; `null`: it has none any more. What only looks like an address stays as it is. */
export const withPictures = (html: string, addressOf: (source: string) => string | null): string =>
  html.replaceAll(PICTURE, (tag) =>
    tag.replaceAll(ATTRIBUTE, (whole, name: string, value: string) => {
      if (name !== "src") return whole;
      const address = addressOf(value);
      return address === null ? "" : ` src="${address}"`;
    }),
  );
