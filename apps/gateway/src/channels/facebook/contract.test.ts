import { createHmac } from "node:crypto";
import { fakeClock } from "@tongdai/shared/testing";
import { type ChannelFault, type ChannelHarness, channelContract } from "../contract-suite.ts";
import { commentContract } from "../kit/testing/comment-contract.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { deadUrl, type Reply } from "../kit/testing/vendor-stub.ts";
import { facebook } from "./index.ts";
import { graphError, graphStub, stubConfig } from "./testing/graph-stub.ts";

const replies: Readonly<Record<Exclude<ChannelFault, "unreachable">, Reply>> = {
  throttled: graphError(613),
  temporary: graphError(2),
  token_dead: graphError(190),
  restricted: graphError(10, 1893063),
  refused: graphError(10, 2018278),
  garbled: { status: 200, html: "<html><title>Sorry</title></html>" },
  lost: "drop",
  hang: "hang",
};

/** Messenger with a small Graph on this machine. */
async function facebookHarness(): Promise<ChannelHarness> {
  const stub = await graphStub();
  const nowhere = await deadUrl();
  let dead = false;
  const reach: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(dead ? url.replace(stub.url, nowhere) : url, init);
  };
  return {
    channel: facebook,
    deps: { fetch: reach, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
    config: { ...stubConfig, graphUrl: stub.url },
    required: ["appId", "appSecret", "verifyToken", "pageId", "pageToken"],
    customer: "42",
    handshake: {
      query: { "hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "1158201444" },
      answer: "1158201444",
    },
    sign: (raw) => ({
      "x-hub-signature-256": `sha256=${createHmac("sha256", "app-secret").update(raw).digest("hex")}`,
    }),
    messageBody: ({ from, id, text }) => ({
      object: "page",
      entry: [
        {
          id: "1",
          time: 1_700_000_000_000,
          messaging: [
            {
              sender: { id: from },
              recipient: { id: "1" },
              timestamp: 1_700_000_000_000,
              message: { mid: id, text },
            },
          ],
        },
      ],
    }),
    fault: (fault) => {
      dead = fault === "unreachable";
      stub.reply(fault === null || fault === "unreachable" ? null : replies[fault]);
    },
    accepted: () => stub.accepted(),
    nextRequest: () => stub.nextRequest(),
    close: () => stub.close(),
  };
}

channelContract("facebook", facebookHarness);
commentContract("facebook", facebookHarness);
