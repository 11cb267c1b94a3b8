/** Lower case without Vietnamese marks, so that "don hang" finds "Đơn hàng". One character stays one character. */
export function fold(text: string): string {
  let out = "";
  for (const unit of text) {
    const bare = unit
      .normalize("NFD")
      .replaceAll(/\p{M}/gu, "")
      .replaceAll("đ", "d")
      .replaceAll("Đ", "D")
      .toLowerCase();
    // A lone mark folds to nothing; keeping lengths equal lets a match be mapped back to the original.
    out += bare.length === unit.length ? bare : bare.padEnd(unit.length, "\u0000").slice(0, unit.length);
  }
  return out;
}

/** Folded, and without the place holders that `fold` leaves for lone marks. */
export function foldForSearch(text: string): string {
  return fold(text.normalize("NFC")).replaceAll("\u0000", "").trim();
}

export interface Part {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts a text where the words of a query occur, whatever their marks and case. */
export function splitByQuery(text: string, query: string): readonly Part[] {
  const source = text.normalize("NFC");
  const words = [...new Set(foldForSearch(query).split(/\s+/))].filter(Boolean).slice(0, 8);
  if (words.length === 0) return [{ text: source, hit: false }];
  const folded = fold(source);
  const hits = new Uint8Array(source.length);
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      hits.fill(1, at, at + word.length);
  const parts: Part[] = [];
  let from = 0;
  for (let i = 1; i <= source.length; i++) {
    if (i < source.length && hits[i] === hits[from]) continue;
    parts.push({ text: source.slice(from, i), hit: hits[from] === 1 });
    from = i;
  }
  return parts;
}

/** Ranks a command for a query: every word must begin a word of the command. 0 means no match. */
export function rankCommand(label: string, query: string): number {
  const words = foldForSearch(label).split(/[\s/·,:-]+/);
  const wanted = foldForSearch(query).split(/\s+/).filter(Boolean);
  let score = 1;
  for (const word of wanted) {
    const at = words.findIndex((candidate) => candidate.startsWith(word));
    if (at < 0) return 0;
    score *= 1 / (1 + at * 0.1);
  }
  return score;
}

/** Up to two letters for a face without a picture. Vietnamese people are called by their last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const last = words.at(-1);
  if (!last) return "#";
  const first = words.length > 1 ? words[0] : undefined;
  return ((first ? first.charAt(0) : "") + last.charAt(0)).normalize("NFC").toLocaleUpperCase("vi");
}

/** The word by which people call somebody: the last one of a Vietnamese name, without what stands in brackets. */
export const calledName = (name: string): string =>
  name
    .replaceAll(/\([^)]*\)/g, " ")
    .trim()
    .split(/\s+/)
    .at(-1) || name;

/** The same key always gives the same number in [0, size). */
export function stableIndex(key: string, size: number): number {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
  return (hash >>> 0) % size;
}
