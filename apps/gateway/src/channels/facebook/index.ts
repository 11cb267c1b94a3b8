import type { Account, Channel, ChannelDeps } from "../channel.ts";
import { performAction } from "./act.ts";
import { capabilities, rate } from "./capabilities.ts";
import { checkAccount } from "./check.ts";
import { readConfig } from "./config.ts";
import { graphOf } from "./graph.ts";
import { answerHandshake } from "./handshake.ts";
import { parseBody } from "./parse.ts";
import { fetchProfile } from "./profile.ts";
import { sendPart } from "./send.ts";
import { setup } from "./setup.ts";
import { verifySignature } from "./signature.ts";

function open(input: unknown, deps: ChannelDeps): Account {
  const config = readConfig(input);
  const graph = graphOf(config, deps.fetch);
  const page = { graph, pageId: config.pageId, clock: deps.clock };
  return {
    externalId: config.pageId,
    // Signatures are made with the app's secret, so the pages of one app share one address.
    webhookKey: config.appId,
    verifyToken: config.verifyToken,
    handshake: (query) => answerHandshake(config.verifyToken, query),
    verify: ({ raw, headers }) => verifySignature(config.appSecret, raw, headers),
    send: (part, signal) => sendPart(page, part, signal),
    act: (action, signal) => performAction(page, action, signal),
    profile: (externalId, signal) => fetchProfile(graph, externalId, signal),
    check: (signal) => checkAccount({ graph, config, signal }),
  };
}

/** Facebook Messenger of one page. */
export const facebook: Channel = {
  id: "facebook",
  capabilities,
  setup,
  rate,
  whenForged: "refuse",
  open,
  parse: parseBody,
};
