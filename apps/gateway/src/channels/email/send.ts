import { AppError } from "@tongdai/shared";
import type { OutgoingPart, SendOutcome } from "../channel.ts";
import { capabilities, MAX_BYTES } from "./capabilities.ts";
import { type Composed, compose, filesOf, idFor } from "./compose.ts";
import type { EmailConfig } from "./config.ts";
import type { Login, LoginSource } from "./login.ts";
import { openSmtp, type Smtp } from "./smtp.ts";
import { outcomeOf } from "./smtp-errors.ts";

interface Sending {
  readonly config: EmailConfig;
  readonly logins: LoginSource;
  readonly key: string | null;
}

/** Sends one letter over a connection of its own. Nothing is repeated once the letter has begun to travel. */
export async function sendPart(o: Sending, part: OutgoingPart, signal: AbortSignal): Promise<SendOutcome> {
  if (signal.aborted) return { kind: "unknown", detail: "no time left" };
  const mistake = mistakeIn(part);
  if (mistake) return mistake;
  let mail: Composed;
  try {
    mail = await compose(o.config, part, o.key);
  } catch (error) {
    return { kind: "failed", code: "invalid", detail: String(error) };
  }
  if (mail.bytes.byteLength > MAX_BYTES * 1.5) return tooLarge();
  let smtp: Smtp | null = null;
  try {
    smtp = await reach(o, signal);
    const { refused } = await smtp.send(mail);
    const externalId = idFor(o.config, part.messageId);
    return { kind: "sent", externalId, ...(refused.length > 0 && { refused }) };
  } catch (error) {
    return error instanceof AppError ? fromLogin(error) : outcomeOf(error);
  } finally {
    smtp?.close();
  }
}

/** Once more with another token where the first is refused. Rejects as `openSmtp` does, and with `AppError` of the login. */
export async function reach({ config, logins }: Omit<Sending, "key">, signal: AbortSignal): Promise<Smtp> {
  if (config.smtpLogin === "none") return openSmtp(config, null, signal);
  const login = await logins.current();
  try {
    return await openSmtp(config, login, signal);
  } catch (error) {
    const other: Login | null = outcomeOf(error).kind === "paused" ? await logins.instead(login) : null;
    if (!other) throw error;
    return openSmtp(config, other, signal);
  }
}

const fromLogin = (error: AppError): SendOutcome =>
  error.code === "channel_paused"
    ? { kind: "paused", state: "login_needed", code: "login_needed", detail: error.message }
    : {
        kind: "retry",
        scope: "message",
        code: "temporary",
        detail: error.message,
        afterMs: null,
        attempts: 60,
      };

const tooLarge = (): SendOutcome => ({
  kind: "failed",
  code: "attachment_refused",
  detail: `a letter has at most ${MAX_BYTES} bytes`,
});

function mistakeIn(part: OutgoingPart): SendOutcome | null {
  const files = filesOf(part);
  const { content } = part;
  const text = content.kind === "text" ? content.text : "";
  const { maxLength } = capabilities.text;
  if (text.length > maxLength || (text.trim() === "" && files.length === 0))
    return { kind: "failed", code: "invalid", detail: `text must have 1 to ${maxLength} characters` };
  const size = files.reduce((sum, f) => sum + f.bytes.byteLength, 0);
  const isOdd = size > capabilities.attachments.maxBytes || files.some((f) => f.bytes.byteLength === 0);
  return isOdd ? tooLarge() : null;
}
