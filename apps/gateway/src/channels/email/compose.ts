import type { Correspondent } from "@tongdai/shared";
import MailComposer from "nodemailer/lib/mail-composer";
import { z } from "zod";
import type { OutgoingLetter, OutgoingPart } from "../channel.ts";
import { LOOP_HEADER } from "./automatic.ts";
import { type EmailConfig, ownAddresses } from "./config.ts";
import { signed } from "./dkim.ts";
import { plusAddress } from "./reply-token.ts";
import { PROOF_HEADER, proofFor } from "./report-proof.ts";

export interface Composed {
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly bytes: Buffer;
}

/**
 * A letter as it travels. Only a machine's has no return address and says that no machine may answer it. Sources: RFC 5322;
 * RFC 3834, 3; RFC 6376.
 * @param key makes addresses of conversations, and what proves that a letter is ours; `null`: neither
 */
export async function compose(
  config: EmailConfig,
  part: OutgoingPart,
  key: string | null,
): Promise<Composed> {
  const { letter } = part;
  const people = addressees(config, part);
  const automatic = letter?.automatic ?? false;
  const references = letter?.references ?? [];
  const replyTo =
    key !== null && letter !== undefined && config.plusAddress === "yes"
      ? plusAddress(key, config.address, letter.conversationId)
      : null;
  const mail = new MailComposer({
    from: { name: config.displayName, address: config.address },
    to: [...people.to],
    cc: [...people.cc],
    subject: letter?.subject ?? "",
    messageId: `<${idFor(config, part.messageId)}>`,
    ...(replyTo !== null && { replyTo: { name: config.displayName, address: replyTo } }),
    ...(references.length > 0 && {
      inReplyTo: `<${references.at(-1)}>`,
      references: references.map((id) => `<${id}>`).join(" "),
    }),
    text: part.content.kind === "text" ? part.content.text : "",
    ...(letter?.html && { html: letter.html }),
    attachments: filesOf(part).map((f) => ({
      filename: f.name,
      contentType: f.mime,
      content: f.bytes,
      ...(f.cid !== undefined && { cid: f.cid, contentDisposition: "inline" as const }),
    })),
    headers: {
      ...(key !== null && { [PROOF_HEADER]: proofFor(key, idFor(config, part.messageId)) }),
      ...(automatic && {
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
        Precedence: "auto_reply",
        [LOOP_HEADER]: "1",
      }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: "windows",
  });
  const bytes = await mail.compile().build();
  const to = [...people.to, ...people.cc, ...people.bcc].map((c) => c.address);
  return {
    envelope: { from: automatic ? "" : config.address, to: [...new Set(to)] },
    bytes: await signed(config, bytes),
  };
}

/** The id under which a letter of ours is known before it is sent: see `messageIn`. */
export const idFor = (config: EmailConfig, messageId: string): string =>
  `${messageId}@${config.address.slice(config.address.lastIndexOf("@") + 1)}`;

/** Our message whose letter has this id, or `null`: another program has written it. */
export function messageIn(mailbox: string, id: string): string | null {
  const [local = "", domain] = id.split("@");
  const isOurs = domain === mailbox.slice(mailbox.lastIndexOf("@") + 1) && z.uuid().safeParse(local).success;
  return isOurs ? local : null;
}

export const filesOf = ({ letter, content }: OutgoingPart): OutgoingLetter["files"] =>
  content.kind === "text" ? (letter?.files ?? []) : [content, ...(letter?.files ?? [])];

interface Addressees {
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly bcc: readonly Correspondent[];
}

/** Nobody writes to themselves: an answer to everybody includes us only when nobody else is left. */
function addressees(config: EmailConfig, { letter, to }: OutgoingPart): Addressees {
  if (!letter) return { to: [{ name: "", address: to }], cc: [], bcc: [] };
  const own = new Set(ownAddresses(config));
  const others = (list: readonly Correspondent[]) => list.filter((c) => !own.has(c.address.toLowerCase()));
  const found = { to: others(letter.to), cc: others(letter.cc), bcc: others(letter.bcc) };
  return found.to.length + found.cc.length + found.bcc.length > 0
    ? found
    : { to: letter.to, cc: [], bcc: [] };
}
