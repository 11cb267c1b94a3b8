import type { FakeClock } from "@tongdai/shared/testing";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import type { MailServer } from "./mail-server.ts";
import type { World } from "./world.ts";

/** A mailbox as an administrator connects it. */
export const mailboxConfig = (mail: MailServer, user: string, change: Record<string, unknown> = {}) => ({
  address: `${user}@${mail.domain}`,
  displayName: "Sen Việt",
  password: mail.password,
  imapHost: "127.0.0.1",
  imapPort: String(mail.imapPort),
  imapSecurity: "none",
  smtpHost: "127.0.0.1",
  smtpPort: String(mail.smtpPort),
  smtpSecurity: "none",
  smtpLogin: "none",
  ...change,
});

/** Connects a mailbox and waits until it is listened to. @returns the account's id */
export async function connectMailbox(
  w: World,
  mail: MailServer,
  o: { user?: string; config?: Record<string, unknown>; id?: string } = {},
): Promise<string> {
  const user = o.user ?? "support";
  const { id } = await saveAccount(w.gateway.ctx, null, {
    id: o.id ?? null,
    channel: "email",
    name: user,
    queueId: w.queueId,
    enabled: true,
    config: mailboxConfig(mail, user, o.config),
  });
  return id;
}

/** A letter as a program of these days writes it. */
export const letter = (o: {
  from?: string;
  to?: string;
  subject?: string;
  id?: string;
  headers?: string;
  text?: string;
}): string =>
  [
    `From: ${o.from ?? "Mai <mai@sen.test>"}`,
    `To: ${o.to ?? "support@sen.test"}`,
    `Subject: ${o.subject ?? "Don hang"}`,
    `Date: ${new Date().toUTCString()}`,
    ...(o.id === undefined ? [] : [`Message-ID: <${o.id}>`]),
    ...(o.headers === undefined ? [] : [o.headers]),
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    o.text ?? "Đơn hàng của tôi đâu?",
    "",
  ].join("\n");

/**
 * Lets the gateway's time pass until `holds`, slowly enough for the answers of a real server. Rejects once ten minutes of it
 * have passed.
 */
export async function passUntil(
  clock: FakeClock,
  holds: () => Promise<boolean>,
  what: string,
  stepMs = 1_000,
): Promise<void> {
  for (let passed = 0; !(await holds()); passed += stepMs) {
    if (passed > 10 * 60_000) throw new Error(`waited in vain for ${what}`);
    clock.advance(stepMs);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
