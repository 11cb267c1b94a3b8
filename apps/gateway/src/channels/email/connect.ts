import type { Clock } from "@tongdai/shared";
import type { Link } from "../channel.ts";
import type { EmailConfig } from "./config.ts";
import { answered, type Mailbox, openMailbox, whileConnected } from "./imap.ts";
import type { LoginSource } from "./login.ts";
import { syncFolder, uidsAfter } from "./sync.ts";

/**
 * How long nothing is asked while the server is to speak up by itself (IDLE). Less than the 29 minutes after which it may hang
 * up (RFC 2177) and than routers forget a silent connection, so a dead one is noticed by the question that follows.
 */
const IDLE_MS = 4 * 60_000;
/** Of several folders only one can be listened to. */
const LOOK_MS = 60_000;

/** Keeps a mailbox: brings what is new in its folders, then waits until the server tells of more. */
export async function keepMailbox(
  o: { readonly config: EmailConfig; readonly logins: LoginSource; readonly clock: Clock },
  link: Link,
  signal: AbortSignal,
): Promise<void> {
  const { config, clock } = o;
  const mailbox = await openMailbox(config, o.logins, signal);
  const others = config.folders.filter((folder) => folder.toUpperCase() !== "INBOX");
  try {
    if (config.afterwards === "move")
      await answered(mailbox, clock, mailbox.client.mailboxCreate(config.moveTo ?? ""));
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      for (const folder of others) await syncFolder({ config, clock, link, mailbox }, folder, false);
      if (config.sentFolder) await syncFolder({ config, clock, link, mailbox }, config.sentFolder, true);
      // Last, because it stays open to be listened to.
      const last = await syncFolder({ config, clock, link, mailbox }, "INBOX", false);
      if (isFirst) link.up();
      const isAlone = others.length === 0 && !config.sentFolder;
      await untilNews({ mailbox, clock, last }, isAlone ? IDLE_MS : LOOK_MS);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    mailbox.close();
  }
}

/** Until INBOX has more than `last`: the server tells of it, or it is time to look; then it must answer. */
async function untilNews(
  { mailbox, clock, last }: { mailbox: Mailbox; clock: Clock; last: number },
  ms: number,
): Promise<void> {
  const { client, lost } = mailbox;
  const lock = await answered(mailbox, clock, client.getMailboxLock("INBOX", { readOnly: true }));
  const news = Promise.withResolvers<void>();
  const tell = (): void => news.resolve();
  client.on("exists", tell);
  const cancel = clock.after(ms, tell);
  try {
    // What came after the last look and before anybody listened is told by nobody.
    if ((await uidsAfter(mailbox, clock, last)).length > 0) return;
    client.idle().catch(() => {});
    await whileConnected(lost, news.promise);
    await answered(mailbox, clock, client.noop());
  } finally {
    cancel();
    client.off("exists", tell);
    lock.release();
  }
}
