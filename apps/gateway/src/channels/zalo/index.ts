import type { Account, Channel, ChannelDeps } from "../channel.ts";
import { performAction } from "./act.ts";
import { apiOf } from "./api.ts";
import { capabilities, rate } from "./capabilities.ts";
import { checkAccount } from "./check.ts";
import { readConfig } from "./config.ts";
import { consentOf } from "./consent.ts";
import { parseBody } from "./parse.ts";
import { fetchProfile } from "./profile.ts";
import { sendPart } from "./send.ts";
import { setup } from "./setup.ts";
import { verifySignature } from "./signature.ts";
import { listTemplates } from "./template-list.ts";
import { sendTemplate } from "./template-send.ts";
import { tokenSource } from "./tokens.ts";

function open(input: unknown, deps: ChannelDeps): Account {
  const config = readConfig(input);
  const tokens = tokenSource(config, deps);
  const api = apiOf(config, tokens, deps.fetch);
  return {
    externalId: config.oaId,
    // One webhook an app, whatever accounts it serves.
    webhookKey: config.appId,
    verifyToken: null,
    handshake: () => null,
    verify: ({ raw, headers }) => verifySignature(config, raw, headers),
    send: (part, signal) => sendPart(api, part, signal),
    act: (action, signal) => performAction(api, action, signal),
    profile: (address, signal) => fetchProfile(api, address, signal),
    check: (signal) => checkAccount({ api, config, tokens, clock: deps.clock }, signal),
    consent: consentOf(config, deps),
    templates: {
      list: (signal) => listTemplates(api, signal),
      send: (template, signal) => sendTemplate(api, template, signal),
    },
  };
}

/** Zalo Official Account. */
export const zalo: Channel = {
  id: "zalo",
  capabilities,
  setup,
  rate,
  // The console's test event is not signed, and its page is saved only where the answer is 200.
  whenForged: "drop",
  open,
  parse: parseBody,
};
