import { createSipPhone } from "../../apps/desktop/src/renderer/softphone/sip.ts";
import { PhoneError, type PhoneEvent } from "../../apps/desktop/src/renderer/softphone/softphone.ts";
import { systemClock } from "../../apps/gateway/src/clock.ts";
import type { TestPhone } from "./phone-world.ts";
import { Stream, Track } from "./words-for-media.ts";

let ids = 0;

/** The desktop's own phone in Node, with words for media: `wordsForMedia` is called first. */
export function nodePhone(user: string): TestPhone {
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
