import { AppError } from "@tongdai/shared";
import type { Account, Channel, ChannelDeps } from "../channel.ts";
import { capabilities, rate } from "./capabilities.ts";
import { checkAccount } from "./check.ts";
import { cleanHtml } from "./clean-html.ts";
import { idFor, messageIn } from "./compose.ts";
import { ownAddresses, readConfig } from "./config.ts";
import { keepMailbox } from "./connect.ts";
import { loginSource } from "./login.ts";
import { parseBody } from "./parse.ts";
import { RawMail } from "./raw-mail.ts";
import { readMail } from "./read-mail.ts";
import { conversationIn } from "./reply-token.ts";
import { isProven } from "./report-proof.ts";
import { sendPart } from "./send.ts";
import { setup } from "./setup.ts";

function open(input: unknown, deps: ChannelDeps): Account {
  const config = readConfig(input);
  const logins = loginSource(config, deps);
  const key = deps.keyFor?.("addresses of conversations") ?? null;
  const own = ownAddresses(config);
  return {
    externalId: config.address,
    idFor: (messageId) => idFor(config, messageId),
    webhookKey: config.address,
    verifyToken: null,
    handshake: () => null,
    // A mailbox is asked; nobody calls.
    verify: () => false,
    send: (part, signal) => sendPart({ config, logins, key }, part, signal),
    act: () => Promise.reject(new AppError("channel_refused", "letters know no such thing")),
    profile: (_address, signal) =>
      signal.aborted ? Promise.reject(new AppError("unavailable", "no time left")) : Promise.resolve(null),
    check: (signal) => checkAccount({ config, logins }, signal),
    connect: (link, signal) => keepMailbox({ config, logins, clock: deps.clock }, link, signal),
    unpack: (body, files) =>
      readMail(RawMail.parse(body), {
        files,
        own,
        conversationIn: (address) => (key === null ? null : conversationIn(key, config.address, address)),
        // What another program has sent in the mailbox's name has no proof to bring back.
        isProven: (id, head) =>
          key === null || messageIn(config.address, id) === null || isProven(key, id, head),
      }),
  };
}

/** A mailbox that is read by IMAP and written from by SMTP. */
export const email: Channel = {
  id: "email",
  setup,
  capabilities,
  rate,
  whenForged: "refuse",
  open,
  parse: parseBody,
  cleanHtml,
};
