import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { startFacebookSimulator } from "../simulators/facebook/index.ts";
import { startSmtpPeer } from "../simulators/mail/smtp-peer.ts";
import { startMailServer } from "./mail-server.ts";
import { letter, mailboxConfig } from "./mailbox.ts";
import type { Vendor, VendorOptions } from "./vendors.ts";
import { APP, connectPage, PAGE } from "./world.ts";

/*
 * Vendors whose customers write in threads. They have one customer.
 */

async function comments({ url }: VendorOptions): Promise<Vendor> {
  const webhookUrl = `${url}/webhooks/facebook/${APP.appId}`;
  const sim = await startFacebookSimulator({ apps: [{ ...APP, webhookUrl, pages: [PAGE] }] });
  const customer = sim.customer({ pageId: PAGE.pageId, name: "Khách" });
  const written = () => [...(sim.context.world.pages.get(PAGE.pageId)?.comments.values() ?? [])];
  return {
    hosts: [new URL(sim.url).host],
    connect: (gateway, queueId) => connectPage(gateway, { page: PAGE, queueId, graphUrl: sim.graphUrl }),
    write: (_, text) => customer.comment(text),
    settle: () => sim.settle(),
    hold: () => sim.faults.set("comments.silent", true, { times: 1 }),
    received: () => written().flatMap((c) => (c.psid === undefined ? [c.message] : [])),
    close: () => sim.close(),
  };
}

async function email(): Promise<Vendor> {
  const [mail, smtp] = await Promise.all([startMailServer(), startSmtpPeer()]);
  return {
    hosts: [],
    connect: (gateway, queueId) =>
      saveAccount(gateway.ctx, null, {
        id: null,
        channel: "email",
        name: "support",
        queueId,
        enabled: true,
        config: mailboxConfig(mail, "support", { smtpPort: String(smtp.port) }),
      }),
    write: (_, text) => mail.drop("support", letter({ id: `${crypto.randomUUID()}@sen.test`, text })),
    settle: async () => {},
    hold: () => void smtp.silent("end").then(() => smtp.speak()),
    received: () => smtp.taken.map(({ raw }) => textOf(raw)),
    async close() {
      await Promise.all([smtp.close(), mail.close()]);
    },
  };
}

/** Of a letter that is text and nothing else: its body, from quoted-printable (RFC 2045, 6.7), which plain letters survive. */
function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf("\r\n\r\n")).replaceAll("=\r\n", "").trim();
  const bytes = body.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString();
}

export const threadVendors = { "facebook's comments": comments, email };
