/** Closed by what follows, so that many of them do not lie within each other; and what has no end. */
const FLAT =
  /^(?:p|li|dt|dd|td|th|tr|thead|tbody|tfoot|option|br|img|hr|col|input|meta|link|area|base|wbr|embed|source)$/;
const TAG = /<(\/?)([a-z][^\s/>]*)[^>]*>/gi;

/** Deeper than any letter of a person's, also one that quotes a long thread. */
const DEEPEST = 500;

/**
 * Formatted text without the tags that lie deeper than anybody writes: parsers need a time that grows with the square of the
 * depth, so that a small letter could stop the gateway for minutes. Its words stay.
 */
export function shallowHtml(html: string): string {
  const open = new Map<string, number>();
  let depth = 0;
  return html.replaceAll(TAG, (tag, end: string, given: string) => {
    const name = given.toLowerCase();
    if (FLAT.test(name)) return tag;
    const count = open.get(name) ?? 0;
    if (end === "") {
      if (depth >= DEEPEST) return "";
      open.set(name, count + 1);
      depth++;
    } else if (count > 0) {
      open.set(name, count - 1);
      depth--;
    }
    return tag;
  });
}
