/** A line that says "On …, … wrote:" in the languages of our customers' clients, perhaps broken over two or three lines. */
const WROTE =
  /^[ \t]*(?:(?:on|vào|le|am|el)[ \t][^\n]{3,200}(?:\n[^\n]{0,200}){0,2}?(?:wrote|đã viết|viết|a écrit|schrieb|escribió)|[^\n]{3,200}(?:đã viết|wrote))[ \t]*:[ \t]*$/imu;

/** The block of header lines that Outlook puts before what it quotes, with or without a rule above it. */
const HEADER_BLOCK =
  /^(?:[ \t]*[_-]{5,}[ \t]*\n)?[ \t]*\*?(?:từ|người gửi|from|von|de)\*?[ \t]*:\*?[^\n]{1,300}\n(?:[ \t]*\*?(?:đã gửi|ngày|gửi|sent|date|gesendet|đến|to|an|cc|bcc|chủ đề|tiêu đề|subject|betreff)\*?[ \t]*:[^\n]{0,300}\n?){2,}/imu;

const ORIGINAL =
  /^[ \t]*-{2,}[ \t]*(?:original message|tin nhắn gốc|thư gốc|forwarded message|tin nhắn (?:được )?chuyển tiếp)[ \t]*-{2,}[ \t]*$/imu;

/** What a telephone adds below. */
const SENT_FROM =
  /(?:\n|^)[ \t]*(?:(?:đã )?(?:được )?gửi từ|sent from|tải outlook cho|get outlook for|lấy outlook cho)[ \t][^\n]{2,120}\s*$/iu;

const SIGNATURE = /^-- ?$/m;

export interface Trimmed {
  /** What the writer has added; the whole where nothing would be left. */
  readonly text: string;
  /** The rest: what is quoted, and what stands below; empty: nothing was cut. */
  readonly quoted: string;
}

/**
 * Cuts off what a mail quotes at its end and what clients put below, also in Vietnamese. Quoted lines between new ones stay:
 * there the answer makes no sense without them. Nothing is lost: both parts together are the mail's text.
 */
export function trimReply(whole: string): Trimmed {
  const text = whole.replaceAll("\r\n", "\n");
  const cuts = [WROTE, HEADER_BLOCK, ORIGINAL, SIGNATURE]
    .map((pattern) => pattern.exec(text)?.index ?? -1)
    .concat(quotedTail(text))
    .filter((at) => at >= 0);
  const cut = cuts.length > 0 ? Math.min(...cuts) : text.length;
  const ownPart = text.slice(0, cut);
  const own = ownPart.replace(SENT_FROM, "").trim();
  return own === ""
    ? { text: text.trim(), quoted: "" }
    : { text: own, quoted: text.slice(own.length + leading(text)).trim() };
}

const leading = (text: string): number => text.length - text.trimStart().length;

/** Where lines of `>` begin after which nothing but such lines comes. */
function quotedTail(text: string): number {
  const lines = text.split("\n");
  let last = lines.length;
  while (last > 0 && /^\s*(?:>|$)/.test(lines[last - 1] ?? "")) last--;
  const hasQuote = lines.slice(last).some((line) => /^\s*>/.test(line));
  return hasQuote ? lines.slice(0, last).join("\n").length : -1;
}
