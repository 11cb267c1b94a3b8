import { softphoneContract } from "../../apps/desktop/src/renderer/softphone/contract-suite.ts";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";
import { nodePhone } from "../support/node-phone.ts";
import { startExchange } from "../support/phone-exchange.ts";
import { phoneWorld } from "../support/phone-world.ts";
import { wordsForMedia } from "../support/words-for-media.ts";

/** What Chromium does with sound is tried in e2e/softphone.e2e.ts: here it is the same signalling without any. */
softphoneContract("in Node, with words for media, through the SIP edge", async () => {
  const undo = [wordsForMedia(), webSocketWithOrigin("http://127.0.0.1")];
  const exchange = await startExchange();
  return phoneWorld({
    exchange,
    open: async (user) => nodePhone(user),
    async close() {
      exchange.close();
      for (const each of undo) each();
    },
  });
});
