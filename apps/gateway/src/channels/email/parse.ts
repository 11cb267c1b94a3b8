import type { SendFailure } from "@tongdai/shared";
import type { InboundLetter, ParsedItem } from "../channel.ts";
import { keyOf, reason, safeDigest } from "../kit/values.ts";
import { messageIn } from "./compose.ts";
import { isFinal, type RecipientReport } from "./delivery-report.ts";
import { UnpackedMail } from "./unpacked-mail.ts";

/** One letter as an event; never throws. */
export function parseBody(body: unknown): ParsedItem[] {
  const parsed = UnpackedMail.safeParse(body);
  if (!parsed.success) return [unsupported(body, `letter: ${reason(parsed.error)}`)];
  const mail = parsed.data;
  const common = { accountExternalId: mail.mailbox, at: mail.at };
  const failed = mail.reports.find(isFinal);
  if (failed && mail.reportedId && mail.isProven)
    return [
      {
        ...common,
        key: keyOf("report", mail.id),
        event: {
          kind: "undelivered",
          from: failed.recipient,
          externalIds: [mail.reportedId],
          code: failureOf(failed.status),
          detail: detailOf(mail.reports.filter(isFinal)),
          recipients: mail.reports
            .filter(isFinal)
            .flatMap(({ recipient: address, diagnostic, status }) =>
              address === "" ? [] : [{ address, detail: diagnostic || status }],
            ),
        },
      },
    ];
  return [{ ...common, key: keyOf(mail.id, mail.digest), event: eventOf(mail) }];
}

function eventOf(mail: UnpackedMail): ParsedItem["event"] {
  const { id: externalId, text } = mail;
  const letter: InboundLetter = letterOf(mail);
  const attachments = mail.attachments.map((a) => ({
    kind: a.kind,
    fetchUrl: null,
    file: a.file,
    name: a.name,
    title: a.title,
    url: null,
    isInline: a.isInline,
  }));
  const [addressee] = mail.to;
  if (mail.isSent && addressee)
    return {
      kind: "echo",
      to: addressee.address,
      externalId,
      // The provider's copy of it proves that it has left.
      ours: messageIn(mail.mailbox, externalId),
      byContent: false,
      text,
      attachments,
      letter,
    };
  return {
    kind: "message",
    from: mail.from.address,
    externalId,
    text,
    attachments,
    replyToExternalId: null,
    extra: mail.notWhole === null ? {} : { tooLarge: String(mail.notWhole) },
    live: mail.isLive,
    senderName: mail.from.name,
    letter,
  };
}

function letterOf(mail: UnpackedMail): InboundLetter {
  const { subject, from, to, cc, replyTo, html, quoted, references, conversationId, automatic, isForged } =
    mail;
  // A report that is no final word, or has no proof, is a letter in the thread of what it is about.
  const answers = mail.reportedId === null ? mail.answers : [mail.reportedId, ...mail.answers];
  const said = { subject, from, to, cc, replyTo, html, quoted, automatic, isForged };
  return { ...said, references, conversationId, answers, digest: mail.digest };
}

/** Source: RFC 3463, 3. */
function failureOf(status: string): SendFailure {
  if (/^5\.1\.|^5\.4\.4/.test(status)) return "recipient_unknown";
  if (status.startsWith("5.2.")) return "recipient_unavailable";
  if (status === "5.3.4") return "attachment_refused";
  return status.startsWith("5.7.") ? "policy" : "recipient_unavailable";
}

const detailOf = (reports: readonly RecipientReport[]): string =>
  reports.map((r) => [r.recipient, r.diagnostic || r.status].filter(Boolean).join(": ")).join("; ");

function unsupported(body: unknown, why: string): ParsedItem {
  const mailbox = UnpackedMail.pick({ mailbox: true }).safeParse(body).data?.mailbox ?? "";
  return { accountExternalId: mailbox, key: safeDigest(body), at: null, event: { kind: "unsupported", why } };
}
