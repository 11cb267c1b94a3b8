import sanitizeHtml from "sanitize-html";
import { shallowHtml } from "./shallow-html.ts";

/** In which programs put what they quote. */
const QUOTES =
  /\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted|zmail_extra|protonmail_quote)\b|^(?:divRplyFwdMsg|appendonsend|reply-intro)$/;

const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/, /^[a-z]{3,20}$/i];
const LENGTH = [/^-?[\d.]{1,6}(?:px|em|rem|pt|%)?$/, /^auto$/];
const LENGTHS = [
  /^(?:-?[\d.]{1,6}(?:px|em|rem|pt|%)?|auto)(?:\s+(?:-?[\d.]{1,6}(?:px|em|rem|pt|%)?|auto)){0,3}$/,
];
const WORD = [/^[a-z-]{1,30}$/];

const style: Record<string, RegExp[]> = {
  color: COLOUR,
  "background-color": COLOUR,
  "font-size": [...LENGTH, ...WORD],
  "font-weight": [/^\d{3}$/, ...WORD],
  "font-style": WORD,
  "font-family": [/^[\w\s"',-]{1,200}$/],
  "text-align": WORD,
  "text-decoration": WORD,
  "vertical-align": WORD,
  "line-height": LENGTH,
  width: LENGTH,
  "max-width": LENGTH,
  height: LENGTH,
  margin: LENGTHS,
  padding: LENGTHS,
  border: [/^[\w\s#.()%,]{1,60}$/],
  "border-collapse": WORD,
  "white-space": WORD,
  display: [/^(?:block|inline|inline-block|none|table|table-row|table-cell)$/],
};
for (const side of ["top", "right", "bottom", "left"])
  Object.assign(style, {
    [`margin-${side}`]: LENGTH,
    [`padding-${side}`]: LENGTH,
    [`border-${side}`]: [/^[\w\s#.()%,]{1,60}$/],
  });

const TAGS = (
  "a abbr b blockquote br caption center cite code col colgroup dd del div dl dt em figure figcaption font h1 h2 h3 h4 h5 h6 hr i " +
  "img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul"
).split(" ");

const MOST = 2_000_000;

/**
 * Formatted text without all that runs, frames, submits, covers or calls home when it is opened. Pictures keep their address:
 * whoever shows them decides whether they are fetched. What is quoted is marked by `data-quote`.
 * @param pictureOf the address of a picture that came along, by its content id; `null`: it did not
 */
export function cleanHtml(html: string, pictureOf: (cid: string) => string | null = () => null): string {
  return sanitizeHtml(shallowHtml(html.slice(0, MOST)), {
    allowedTags: TAGS,
    disallowedTagsMode: "discard",
    nonTextTags: ["script", "style", "textarea", "option", "noscript", "title", "head"],
    allowedAttributes: {
      "*": ["style", "align", "dir", "lang", "title", "valign", "bgcolor", "data-quote"],
      a: ["href", "name", "rel", "target"],
      img: ["src", "alt", "width", "height"],
      font: ["color", "size", "face"],
      ol: ["start", "type"],
      table: ["width", "border", "cellpadding", "cellspacing"],
      td: ["colspan", "rowspan", "width", "height"],
      th: ["colspan", "rowspan", "width", "height"],
      col: ["span", "width"],
    },
    allowedSchemes: ["http", "https", "mailto", "tel"],
    allowedSchemesByTag: { img: ["https", "http", "data", "kept"] },
    allowProtocolRelative: false,
    allowedStyles: { "*": style },
    nestingLimit: 100,
    transformTags: {
      a: (tagName, { href, ...rest }) => ({
        tagName,
        attribs: { ...rest, ...(href && { href }), rel: "noopener noreferrer", target: "_blank" },
      }),
      img: (tagName, attribs) => ({
        tagName,
        attribs: { ...attribs, src: sourceOf(attribs["src"], pictureOf) },
      }),
      "*": (tagName, attribs) => {
        const { "data-quote": _ours, ...rest } = attribs;
        const isQuote =
          (tagName === "blockquote" && attribs["type"] === "cite") ||
          QUOTES.test(attribs["class"] ?? "") ||
          QUOTES.test(attribs["id"] ?? "");
        return { tagName, attribs: isQuote ? { ...rest, "data-quote": "" } : rest };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs["src"],
  });
}

/** `data:` only of pictures that cannot hold a script; content ids are compared without case and brackets. */
function sourceOf(src: string | undefined, pictureOf: (cid: string) => string | null): string {
  const address = (src ?? "").trim();
  const cid = /^cid:(.+)$/is.exec(address)?.[1];
  if (cid !== undefined) return pictureOf(bareCid(cid)) ?? "";
  if (/^data:/i.test(address))
    return /^data:image\/(?:png|jpe?g|gif|webp);base64,/i.test(address) ? address : "";
  return /^https?:/i.test(address) ? address : "";
}

/** As it is compared: `<Image001@X>` and `cid:image001%40x` are one. */
export function bareCid(cid: string): string {
  let plain = cid;
  try {
    plain = decodeURIComponent(cid);
  } catch {
    // A lone percent sign is one.
  }
  return plain.replaceAll(/[<>\s]/g, "").toLowerCase();
}
