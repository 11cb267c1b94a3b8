import { wordsOf } from "../../kit/page/words.ts";

export const { t, applyStaticText } = wordsOf({
  title: ["Hộp thư của khách", "The customer's mailbox"],
  connected: ["Hộp thư {0}", "Mailbox {0}"],
  fetched: ["tổng đài đã lấy", "fetched"],
  lies: ["nằm trong hộp thư", "in the mailbox"],
  letter: ["Viết thư…", "Write a letter…"],
});
