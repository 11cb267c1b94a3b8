import { wordsOf } from "../../kit/page/words.ts";

export const { t, applyStaticText } = wordsOf({
  title: ["Tin nhắn SMS của khách", "The customer's text messages"],
  connected: ["Tin nhắn SMS", "Text messages"],
  oneWay: [
    "Brandname này chỉ gửi đi, bạn không trả lời được.",
    "This brandname only sends: you cannot answer it.",
  ],
  accepted: ["đang đi", "on its way"],
  failed: ["không tới", "did not arrive"],
  refused: ["Tổng đài không nhận tin", "The contact centre did not take the text"],
  incoming: ["tin của bạn", "your text"],
  report: ["báo đã tới hay chưa", "delivery report"],
  sendingEvent: ["đang gửi", "sending"],
  deliveredEvent: ["đã nhận", "taken"],
  waitingEvent: ["chờ thử lại", "waiting"],
  lostEvent: ["bị mất", "lost"],
  reply: ["Nhắn {0}", "Text {0}"],
});
