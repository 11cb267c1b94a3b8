/** What clients put before a subject when they answer or pass on, in the languages of our customers and their partners. */
const PREFIX =
  /^\s*(?:(?:re|fwd?|aw|wg|sv|vs|antw|r|rif|i|tr|rv|enc|tl|trả lời|chuyển tiếp|回复|转发|答复)(?:\s*\[\d+\])?\s*[:：]|\[external\])\s*/iu;

/** A subject without the prefixes of answering, for finding its thread: "Trả lời: Re[2]: Đơn hàng" -> "Đơn hàng". */
export function bareSubject(subject: string): string {
  let bare = subject.normalize("NFC").replaceAll(/\s+/g, " ").trim();
  for (let shorter = bare.replace(PREFIX, ""); shorter !== bare; shorter = bare.replace(PREFIX, ""))
    bare = shorter;
  return bare;
}

/** How a reply is headed: one prefix, whatever was before. */
export const replySubject = (subject: string): string => `Re: ${bareSubject(subject)}`.trim();
export const forwardSubject = (subject: string): string => `Fwd: ${bareSubject(subject)}`.trim();
