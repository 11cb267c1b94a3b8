const segmenter = new Intl.Segmenter("vi", { granularity: "grapheme" });

/**
 * Cuts text into parts of at most `max` (two or more) UTF-16 code units, never inside a grapheme (a letter with its marks,
 * an emoji family), at the last white space where one stands in the second half of a part. The white space at the cuts is
 * left out, and no part beside others is empty: a channel refuses an empty message. A single grapheme longer than `max`
 * is cut between code points: the channel would refuse it whole.
 */
export function splitText(s: string, max: number): string[] {
  if (s.length <= max) return [s];
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const next of pieces(s, max)) {
    while (part.length > 0 && length + next.length > max) {
      const cut = isSpace(next) ? part.length : cutAt(part, max);
      keep(parts, part.slice(0, cut));
      part = withoutSpaceAhead(part.slice(cut));
      length = lengthOf(part);
    }
    if (part.length === 0 && isSpace(next)) continue;
    part.push(next);
    length += next.length;
  }
  keep(parts, part);
  return parts.length > 0 ? parts : [""];
}

/** Where to cut so that the part fits: behind this many pieces. */
function cutAt(part: readonly string[], max: number): number {
  const space = part.findLastIndex(isSpace);
  return space > 0 && lengthOf(part.slice(0, space)) > max / 2 ? space : part.length;
}

function keep(parts: string[], part: readonly string[]): void {
  const last = part.findLastIndex((piece) => !isSpace(piece));
  if (last >= 0) parts.push(part.slice(0, last + 1).join(""));
}

function withoutSpaceAhead(part: readonly string[]): string[] {
  const first = part.findIndex((piece) => !isSpace(piece));
  return first < 0 ? [] : part.slice(first);
}

/** The graphemes; code points of those that are longer than `max`. */
function* pieces(s: string, max: number): Generator<string> {
  for (const { segment } of segmenter.segment(s))
    if (segment.length <= max) yield segment;
    else yield* segment;
}

const lengthOf = (part: readonly string[]): number => part.reduce((sum, piece) => sum + piece.length, 0);

/** A space that carries a combining mark is a letter of its own. */
const isSpace = (piece: string): boolean => piece.trim() === "";
