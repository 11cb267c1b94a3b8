import type { Account, Channel, ChannelDeps } from "../channel.ts";
import { performAction } from "./act.ts";
import { capabilities, rate } from "./capabilities.ts";
import { checkAccount } from "./check.ts";
import { commentOfUnknown, fetchAuthor } from "./comment-author.ts";
import { capabilities as comments } from "./comment-capabilities.ts";
import { moderate } from "./comment-moderate.ts";
import { fetchPost } from "./comment-post.ts";
import { sendComment } from "./comment-send.ts";
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
    send: (part, signal) =>
      part.answers && !part.answers.privately
        ? sendComment(graph, { content: part.content, comment: part.answers.comment }, signal)
        : sendPart(page, part, signal),
    act: (action, signal) =>
      action.kind === "moderate"
        ? moderate(graph, { comment: action.targetExternalId, act: action.act }, signal)
        : performAction(page, action, signal),
    profile: (externalId, signal) => {
      const comment = commentOfUnknown(externalId);
      return comment === null ? fetchProfile(graph, externalId, signal) : fetchAuthor(graph, comment, signal);
    },
    post: (externalId, signal) => fetchPost(graph, externalId, signal),
    check: (signal) => checkAccount({ graph, config, signal }),
  };
}

/** Facebook Messenger of one page, and the comments beneath its posts. */
export const facebook: Channel = {
  id: "facebook",
  capabilities,
  comments: { id: "facebook_comments", capabilities: comments },
  setup,
  rate,
  whenForged: "refuse",
  open,
  parse: parseBody,
};
