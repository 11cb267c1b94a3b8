import { wordsOf } from "../../kit/page/words.ts";

export const { t, applyStaticText } = wordsOf({
  title: ["Hộp thư của khách", "The customer's mailbox"],
  connected: ["Hộp thư {0}", "Mailbox {0}"],
  letter: ["Viết thư…", "Write a letter…"],
});
