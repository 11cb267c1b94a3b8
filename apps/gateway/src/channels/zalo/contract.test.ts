import { createHash } from "node:crypto";
import { fakeClock } from "@tongdai/shared/testing";
import { type ChannelFault, type ChannelHarness, channelContract } from "../contract-suite.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { deadUrl, type Reply } from "../kit/testing/vendor-stub.ts";
import { zalo } from "./index.ts";
import { apiStub, keptTokens, stubConfig, zaloError } from "./testing/api-stub.ts";

const replies: Readonly<Record<Exclude<ChannelFault, "unreachable">, Reply>> = {
  throttled: zaloError(-32),
  temporary: zaloError(-200),
  token_dead: zaloError(-216),
  restricted: zaloError(-221),
  refused: zaloError(-248),
  garbled: { status: 200, html: "<html><title>Sorry</title></html>" },
  lost: "drop",
  hang: "hang",
};

/** Zalo with a small vendor on this machine. */
async function zaloHarness(): Promise<ChannelHarness> {
  const stub = await apiStub();
  const nowhere = await deadUrl();
  const clock = fakeClock();
  let dead = false;
  const reach: typeof fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return fetch(dead ? url.replace(stub.url, nowhere) : url, init);
  };
  return {
    channel: zalo,
    deps: { fetch: reach, clock, credentials: memoryCredentials(keptTokens(clock.now())), publicUrl: null },
    config: { ...stubConfig, apiUrl: stub.url, businessUrl: stub.url, oauthUrl: stub.url },
    required: ["appId", "appSecret", "oaId", "oaSecret"],
    customer: "246845883529197922",
    handshake: null,
    sign: (raw) => ({
      "x-zevent-signature": `mac=${createHash("sha256")
        .update(`${stubConfig.appId}${raw.toString("utf8")}1700000000000${stubConfig.oaSecret}`)
        .digest("hex")}`,
    }),
    messageBody: ({ from, id, text }) => ({
      app_id: stubConfig.appId,
      sender: { id: from },
      user_id_by_app: "552177279717587730",
      recipient: { id: stubConfig.oaId },
      event_name: "user_send_text",
      message: { text, msg_id: id },
      timestamp: "1700000000000",
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

channelContract("zalo", zaloHarness);
