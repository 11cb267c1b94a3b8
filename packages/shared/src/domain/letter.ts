import type { Correspondent, Letter } from "../contract/conversations.ts";

/** A letter and on which side it was written. */
export interface Written {
  readonly direction: "in" | "out" | "none";
  readonly letter: Pick<Letter, "from" | "to" | "cc" | "replyTo">;
}

/** To whom an answer goes: where its sender wants it; on a letter of ours, to whom that went. */
export function answerTo({ direction, letter }: Written): Correspondent[] {
  if (direction === "out") return letter.to;
  if (letter.replyTo.length > 0) return letter.replyTo;
  return letter.from ? [letter.from] : [];
}

/** To whom an answer to all goes, each once and none of our own addresses. @param own the mailbox's address */
export function answerToAll(
  written: Written,
  own: string,
): { readonly to: Correspondent[]; readonly cc: Correspondent[] } {
  const seen = new Set([bareAddress(own)]);
  const others = (list: readonly Correspondent[]) =>
    list.filter(({ address }) => {
      const bare = bareAddress(address);
      return !seen.has(bare) && seen.add(bare);
    });
  const first = answerTo(written);
  const to = others([...first, ...(written.direction === "out" ? [] : written.letter.to)]);
  return { to: to.length > 0 ? to : first, cc: others(written.letter.cc) };
}

/** As addresses are compared: our own may carry a detail after a plus sign. */
const bareAddress = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/, "");

/** Written by a person between commas: `Mai <mai@sen.test>, hoa@sen.test`. What is no address is kept as it was typed. */
export function readRecipients(typed: string): Correspondent[] {
  return (typed.match(/(?:"[^"]*"|<[^>]*>|[^,;\n"<]|["<])+/g) ?? [])
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const named = /^(.*?)\s*<([^<>]*)>$/s.exec(each);
      const name = (named?.[1] ?? "").replaceAll('"', "").trim().slice(0, 200);
      return { name, address: (named?.[2] ?? each).trim().slice(0, 254) };
    });
}

/** As it is sent: programs leave a space between paragraphs and fold empty ones, where the writer saw lines. */
export const mailHtml = (html: string): string =>
  html.replaceAll("<p></p>", "<p><br></p>").replaceAll("<p>", '<p style="margin:0">');
