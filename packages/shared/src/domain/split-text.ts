const graphemes = new Intl.Segmenter("vi", { granularity: "grapheme" });

/**
 * Cuts text into parts of at most `max` UTF-16 code units, never inside a grapheme (a letter with its marks, an emoji
 * family), at the last line end or space where one stands in the second half of a part. Joining the parts gives the text
 * without the white space at the cuts. A single grapheme longer than `max` is cut anyway: the channel would refuse it.
 */
export function splitText(s: string, max: number): string[] {
  const parts: string[] = [];
  let rest = s;
  while (rest.length > max) {
    const cut = cutAt(rest, max);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest.length > 0 || parts.length === 0) parts.push(rest);
  return parts;
}

function cutAt(s: string, max: number): number {
  const space = Math.max(s.lastIndexOf("\n", max), s.lastIndexOf(" ", max));
  if (space > max / 2) return space;
  // Segmenting only the neighbourhood would cut a cluster that starts earlier; clusters are short, so a window is enough.
  let end = 0;
  for (const g of graphemes.segment(s.slice(0, max + 64))) {
    const next = g.index + g.segment.length;
    if (next > max) break;
    end = next;
  }
  return end > 0 ? end : max;
}
