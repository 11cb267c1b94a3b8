/** Cuts a stranger's text into plain runs, links and characters that would deceive the eye. */
export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string; readonly scheme: LinkScheme }
  | { readonly kind: "hidden"; readonly code: string };

export type LinkScheme = "https" | "mailto" | "tel";

/**
 * Characters that are not seen but change what is seen: controls, soft hyphen, fillers, zero-width and bidirectional
 * marks, tags, lone surrogates. Joiners inside an emoji are looked at apart. First and last code point of each run.
 */
const deceivingRuns: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];
const hex = (code: number) => `\\u{${code.toString(16)}}`;
const deceivingClass = `[${deceivingRuns.map(([from, to]) => `${hex(from)}-${hex(to)}`).join("")}]`;
const deceiving = new RegExp(deceivingClass, "u");
const deceivingAll = new RegExp(deceivingClass, "gu");
/** An emoji joined of several, or a flag spelled in tags: their joiners are what makes them one picture. */
const joined =
  /\p{RI}{2}|\p{Extended_Pictographic}(?:\p{EMod}|\ufe0f)*(?:[\u{e0020}-\u{e007e}]{2,8}\u{e007f})?(?:\u200d\p{Extended_Pictographic}(?:\p{EMod}|\ufe0f)*){0,8}/gu;
/** More marks on one letter than any language needs: they would cover the lines above and below. */
const markPile = /(\p{M}{4})\p{M}+/gu;

const codeOf = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The text with every deceiving character written out, for file names, titles and other one-line uses. */
export function neutralise(text: string): string {
  return revealed(text)
    .map((part) => (part.kind === "hidden" ? `[${part.code}]` : part.text))
    .join("");
}

type Revealed = Extract<Segment, { kind: "text" | "hidden" }>;

function revealed(text: string): Revealed[] {
  const calm = text.replaceAll("\r\n", "\n").replaceAll(markPile, "$1");
  if (!deceiving.test(calm)) return calm ? [{ kind: "text", text: calm }] : [];
  const out: Revealed[] = [];
  const plain = (value: string) => {
    let from = 0;
    for (const match of value.matchAll(deceivingAll)) {
      if (match.index > from) out.push({ kind: "text", text: value.slice(from, match.index) });
      out.push({ kind: "hidden", code: codeOf(match[0]) });
      from = match.index + match[0].length;
    }
    if (from < value.length) out.push({ kind: "text", text: value.slice(from) });
  };
  let from = 0;
  for (const match of calm.matchAll(joined)) {
    if (!deceiving.test(match[0])) continue;
    plain(calm.slice(from, match.index));
    out.push({ kind: "text", text: match[0] });
    from = match.index + match[0].length;
  }
  plain(calm.slice(from));
  return out;
}

/** Candidates only; every one is judged by `linkOf`. Bounded repeats keep the search linear. */
const candidate =
  /https:\/\/[^\s<>"'`{}|\\^]{1,2000}|mailto:[^\s<>"'`]{3,300}|tel:\+?[\d.()-]{3,24}|(?<![\p{L}\p{N}._%+-])[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,190}\.[A-Za-z]{2,24}(?![\p{L}\p{N}@])|(?<![\p{L}\p{N}.+/=-])(?:\+84|0)[35789](?:[ .-]?\d){8}(?![\p{L}\p{N}])/gu;

/** Marks that end a sentence rather than an address; a closing bracket counts only without its opener. */
function trimEnd(raw: string): string {
  let end = raw.length;
  while (end > 0) {
    const last = raw.charAt(end - 1);
    const kept = raw.slice(0, end);
    const unopened = last === ")" && kept.split(")").length > kept.split("(").length;
    if (!".,;:!?…”’»]".includes(last) && !unopened) break;
    end--;
  }
  return raw.slice(0, end);
}

function linkOf(text: string): { href: string; scheme: LinkScheme } | null {
  if (text.startsWith("https:")) {
    const url = URL.canParse(text) ? new URL(text) : null;
    // "https://bank.vn@evil.example" reads as the bank and goes elsewhere.
    if (url?.protocol !== "https:" || url.username || url.password || !url.hostname.includes("."))
      return null;
    return { href: url.href, scheme: "https" };
  }
  if (text.startsWith("tel:"))
    return { href: `tel:${text.slice(4).replaceAll(/[^\d+]/g, "")}`, scheme: "tel" };
  if (text.startsWith("mailto:") || text.includes("@")) {
    const address = text.replace(/^mailto:/, "").split("?")[0] ?? "";
    // Header fields (cc, bcc, attach) are dropped: a link may fill in an address, not write a letter.
    return /^[\w.%+-]+@[\w.-]+\.[A-Za-z]{2,24}$/.test(address)
      ? { href: `mailto:${address}`, scheme: "mailto" }
      : null;
  }
  const digits = text.replaceAll(/[^\d]/g, "");
  return { href: `tel:+84${digits.replace(/^(84|0)/, "")}`, scheme: "tel" };
}

function linked(text: string): Segment[] {
  const out: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(candidate)) {
    const shown = trimEnd(match[0]);
    const link = linkOf(shown);
    if (!link) continue;
    if (match.index > from) out.push({ kind: "text", text: text.slice(from, match.index) });
    out.push({ kind: "link", text: shown, ...link });
    from = match.index + shown.length;
  }
  if (from < text.length) out.push({ kind: "text", text: text.slice(from) });
  return out;
}

/** A hidden character ends a link: what stands after it may not belong to the address that is shown. */
export function segments(text: string): readonly Segment[] {
  return revealed(text).flatMap((part) => (part.kind === "text" ? linked(part.text) : [part]));
}

/** The host in its plain form, when what is written could pass for another (Cyrillic "а" in a bank's name). */
export function disguisedHost(href: string): string | null {
  if (!href.startsWith("https:") || !URL.canParse(href)) return null;
  const { hostname } = new URL(href);
  return hostname.split(".").some((label) => label.startsWith("xn--")) ? hostname : null;
}
