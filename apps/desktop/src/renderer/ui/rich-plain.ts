import type { JSONContent } from "@tiptap/react";

/** A rich text as plain words: what lists, the search, and programs without formatting show of it. */
export const plainOf = (doc: JSONContent): string => blocks(doc.content ?? []).trimEnd();

const blocks = (nodes: readonly JSONContent[]): string => nodes.map(block).join("\n");

function block(node: JSONContent): string {
  const inner = node.content ?? [];
  switch (node.type) {
    case "blockquote":
      return indent(blocks(inner), "> ", "> ");
    case "bulletList":
      return inner.map((item) => indent(blocks(item.content ?? []), "- ", "  ")).join("\n");
    case "orderedList": {
      const start = Number(node.attrs?.["start"] ?? 1);
      return inner.map((item, i) => indent(blocks(item.content ?? []), `${start + i}. `, "   ")).join("\n");
    }
    default:
      return words(inner);
  }
}

const indent = (text: string, first: string, rest: string): string =>
  text
    .split("\n")
    .map((line, i) => (i === 0 ? first : rest) + line)
    .join("\n");

/** A link's address stands behind its words, once, where they do not say it themselves. */
function words(nodes: readonly JSONContent[]): string {
  let out = "";
  for (const [i, node] of nodes.entries()) {
    out += node.type === "hardBreak" ? "\n" : (node.text ?? "");
    const href = hrefOf(node);
    if (href === "" || hrefOf(nodes[i + 1]) === href) continue;
    const bare = href.replace(/^(?:https?:\/\/|mailto:|tel:)/, "").replace(/\/$/, "");
    if (!out.includes(bare)) out += ` (${href})`;
  }
  return out;
}

const hrefOf = (node: JSONContent | undefined): string =>
  String(node?.marks?.find((mark) => mark.type === "link")?.attrs?.["href"] ?? "");
