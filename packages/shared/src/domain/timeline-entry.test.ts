import { expect, test } from "vitest";
import { messageWords } from "./timeline-entry.ts";

const sticker = {
  id: "1",
  kind: "sticker" as const,
  name: "sticker",
  mime: "",
  size: null,
  mediaId: null,
  thumbnail: false,
  width: null,
  height: null,
  state: "pending" as const,
  failure: null,
  title: null,
  url: null,
};
const message = {
  kind: "message" as const,
  text: "",
  attachments: [],
  event: null,
  state: "received" as const,
};

test("what comes without words is told by its kind, a file by its name", () => {
  expect(messageWords({ ...message, attachments: [sticker] })).toEqual({
    summary: "",
    attachment: "sticker",
  });
  const file = { ...sticker, kind: "file" as const, name: "hoa-don.pdf" };
  expect(messageWords({ ...message, attachments: [file] })).toEqual({
    summary: "hoa-don.pdf",
    attachment: "file",
  });
});

test("what was taken back says nothing", () => {
  const gone = { ...message, state: "removed" as const, text: "lỡ gửi", attachments: [sticker] };
  expect(messageWords(gone)).toEqual({ summary: "", attachment: null });
});

test("an event of the channel bears its name; what a message carries beside is no event", () => {
  const event = { name: "referral", data: {} };
  expect(messageWords({ ...message, kind: "event", event }).summary).toBe("referral");
  expect(messageWords({ ...message, event, text: "Chào" }).summary).toBe("Chào");
});
