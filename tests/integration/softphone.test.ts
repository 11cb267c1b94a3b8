import { softphoneContract } from "../../apps/desktop/src/renderer/softphone/contract-suite.ts";
import { createSipPhone } from "../../apps/desktop/src/renderer/softphone/sip.ts";
import { PhoneError, type PhoneEvent } from "../../apps/desktop/src/renderer/softphone/softphone.ts";
import { systemClock } from "../../apps/gateway/src/clock.ts";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";
import { startExchange } from "../support/phone-exchange.ts";
import { phoneWorld, type TestPhone } from "../support/phone-world.ts";
import { Stream, Track, wordsForMedia } from "../support/words-for-media.ts";

/** What Chromium does with sound is tried in e2e/softphone.e2e.ts: here it is the same signalling without any. */
softphoneContract("in Node, with words for media, through the SIP edge", async () => {
  const undo = [wordsForMedia(), webSocketWithOrigin("http://127.0.0.1")];
  const exchange = await startExchange();
  let ids = 0;
  async function open(user: string): Promise<TestPhone> {
    let isAllowed = true;
    const events: PhoneEvent[] = [];
    const phone = createSipPhone({
      clock: systemClock,
      audio: {
        choice: () => ({ microphone: null, speaker: null, ring: null }),
        choose: () => undefined,
        microphone: async () => "ready",
        async openMicrophone() {
          if (!isAllowed) throw new PhoneError("microphone_denied");
          return new Stream([new Track()]) as never;
        },
        play: () => ({ move: () => undefined, stop: () => undefined }),
      },
      newId: () => `talk-${++ids}`,
      random: Math.random,
      // What a race leaves behind is the contract's to notice.
      report: () => undefined,
    });
    phone.subscribe((event) => events.push(event));
    return {
      user,
      phone,
      events: async () => events,
      async allowMicrophone(is) {
        isAllowed = is;
      },
    };
  }
  return phoneWorld({
    exchange,
    open,
    async close() {
      exchange.close();
      for (const each of undo) each();
    },
  });
});
