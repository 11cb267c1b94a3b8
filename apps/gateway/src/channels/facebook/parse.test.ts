import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBody } from "./parse.ts";
import { fixture } from "./testing/fixture.ts";

const page = "104857600000001";
const from = "6012345678901234";
const at = 1_700_000_000_000;
const item = (key: string, event: object) => ({ accountExternalId: page, at, key, event });
const notice = (name: string, data: object, opensWindow = false) => [
  { accountExternalId: page, at, event: { kind: "notice", from, name, data, opensWindow } },
];

const expected: Readonly<Record<string, readonly object[]>> = {
  "message-text": [
    item("m_text", {
      kind: "message",
      from,
      externalId: "m_text",
      text: "Đơn hàng 1042 của tôi đâu rồi?",
      attachments: [],
      replyToExternalId: null,
      extra: {},
      live: true,
    }),
  ],
  "message-quick-reply": [
    item("m_quick", { kind: "message", text: "Có", extra: { payload: "CONFIRM_YES" } }),
  ],
  "message-reply": [item("m_reply", { text: "cái này", replyToExternalId: "m_before_we_came" })],
  "message-ad-referral": [
    item("m_ad", {
      kind: "message",
      text: "Còn hàng không?",
      extra: {
        commands: "gia",
        referral_ref: "ao-he",
        referral_ad_id: "120",
        referral_source: "ADS",
        referral_type: "OPEN_THREAD",
        referral_ads_context_data: '{"ad_title":"Áo hè"}',
      },
    }),
  ],
  "message-deleted": [item("m_gone", { kind: "removed", from, externalId: "m_gone" })],
  delivery: [
    item(`${from}:${page}:1700000000400:m_out_1:m_out_2`, {
      kind: "delivered",
      from,
      externalIds: ["m_out_1", "m_out_2"],
      watermark: 1_700_000_000_400,
    }),
  ],
  read: [item(`${from}:${page}:1700000000450`, { kind: "read", from, watermark: 1_700_000_000_450 })],
  postback: [
    item("m_tap", {
      kind: "message",
      from,
      externalId: "m_tap",
      text: "Gặp nhân viên",
      extra: {
        payload: "TALK_TO_HUMAN",
        referral_ref: "qr-1",
        referral_source: "SHORTLINK",
        referral_type: "OPEN_THREAD",
      },
      live: true,
    }),
  ],
  referral: notice("referral", { ref: "khuyen-mai", source: "SHORTLINK", type: "OPEN_THREAD" }, true),
  reaction: [
    item(`m_out_1:${from}:react:${at}`, { kind: "reaction", from, targetExternalId: "m_out_1", emoji: "❤️" }),
  ],
  "reaction-removed": [
    item(`m_out_1:${from}:unreact:${at}`, {
      kind: "reaction",
      from,
      targetExternalId: "m_out_1",
      emoji: null,
    }),
  ],
  "message-edit": [
    item("m_text:2", { kind: "edited", from, externalId: "m_text", text: "Đơn hàng 1043", revision: 2 }),
  ],
  "pass-thread-control": notice("pass_thread_control", {
    new_owner_app_id: "263902037430900",
    metadata: "to the page inbox",
  }),
  "take-thread-control": notice("take_thread_control", {
    previous_owner_app_id: "555",
    new_owner_app_id: "263902037430900",
    metadata: "",
  }),
  "request-thread-control": notice("request_thread_control", {
    requested_owner_app_id: "555",
    metadata: "please",
  }),
  "account-linking": notice("account_linking", { status: "linked" }),
  "response-feedback": notice("response_feedback", { feedback: "Bad response", mid: "m_out_1" }),
  order: notice("order", {
    products: '[{"id":"77","quantity":2,"unit_price":199000,"currency":"VND"}]',
    note: "giao buổi sáng",
  }),
  lead: notice("lead", { answers: '{"phone":"0901234567"}' }),
  "hop-context": notice("hop_context", { value: '[{"app_id":555,"metadata":"first"}]' }),
  optin: notice("optin", { type: "notification_messages", title: "Khuyến mãi" }),
  "optin-user-ref": [
    {
      at,
      event: {
        kind: "account",
        name: "optin",
        data: { ref: "checkout", user_ref: "visitor-77" },
        health: null,
      },
    },
  ],
  "app-roles": [
    {
      at,
      event: { kind: "account", name: "app_roles", data: { "555": '["primary_receiver"]' }, health: null },
    },
  ],
  "unknown-event": [{ accountExternalId: page, event: { kind: "unsupported", why: "event: telepathy" } }],
  changes: [{ accountExternalId: page, at, event: { kind: "message", from: "comment:9_1" } }],
  "T5 echo": [
    item("m_out_1", {
      kind: "echo",
      to: from,
      externalId: "m_out_1",
      ours: "01900000-0000-7000-8000-000000000001",
      text: "Dạ em kiểm tra ạ",
      attachments: [],
    }),
    {
      key: "m_inbox",
      event: {
        kind: "echo",
        ours: null,
        text: "",
        attachments: [
          { kind: "link", title: "Bảng giá", url: "https://shop.example/gia" },
          { kind: "card", title: "Mẫu A", url: "https://shop.example/a" },
        ],
      },
    },
    { key: "m_nobody", event: { kind: "echo", ours: null, text: "trả lời từ Business Suite" } },
  ],
  "T11 message-sticker-twin": [
    item("m_like", {
      text: "",
      attachments: [
        {
          kind: "sticker",
          name: "sticker",
          fetchUrl: "https://scontent.example/like.png",
          title: null,
          url: null,
        },
      ],
    }),
  ],
  "T12 message-media": [
    item("m_media", {
      text: "",
      attachments: [
        {
          kind: "image",
          name: "ảnh.jpg",
          fetchUrl: "https://scontent.example/v/t1/%E1%BA%A3nh.jpg?oh=1&oe=2",
        },
        { kind: "video", name: "clip.mp4" },
        { kind: "audio", name: "audioclip-1700.mp4" },
        { kind: "file", name: "hoa don.pdf", url: null },
      ],
    }),
  ],
  "T13 message-fallback": [
    item("m_link", {
      text: "xem https://shop.example/ao-thun nhé",
      attachments: [{ kind: "link", fetchUrl: null, url: "https://shop.example/ao-thun" }],
    }),
  ],
  "T14 delivery-no-mids": [
    item(`${from}:${page}:1700000000400`, {
      kind: "delivered",
      from,
      externalIds: [],
      watermark: 1_700_000_000_400,
    }),
  ],
  "T16 standby": [
    item("m_standby", { kind: "message", text: "hỏi bot", live: false }),
    { event: { kind: "message", text: "Bắt đầu", extra: {}, live: false } },
  ],
  "T17 policy-enforcement": [
    {
      accountExternalId: page,
      at,
      event: {
        kind: "account",
        name: "policy_enforcement",
        data: { action: "block", reason: "Messages outside the window" },
        health: "restricted",
      },
    },
  ],
  "T17 message-shares": [
    item("m_shares", {
      attachments: [
        { kind: "link", title: "Mở hộp", url: "https://www.facebook.example/reel/9", fetchUrl: null },
        { kind: "link", title: "Bộ sưu tập", url: "https://www.instagram.example/p/9" },
        { kind: "card", title: "Áo thun · 199.000 đ", fetchUrl: "https://shop.example/ao.jpg" },
        {
          kind: "card",
          title: "requested · 2023-11-14T23:13:20.000Z · 2023-11-15T00:13:20.000Z · Asia/Ho_Chi_Minh",
        },
        {
          kind: "location",
          title: "10.7769, 106.7009",
          url: "https://www.openstreetmap.org/?mlat=10.7769&mlon=106.7009",
        },
        { kind: "unsupported", name: "hologram", fetchUrl: null, url: "https://cdn.example/h" },
      ],
    }),
  ],
  "T19 T23 two-pages": [
    {
      accountExternalId: "0",
      at: 1_527_459_824_000,
      key: "test_message_id",
      event: { kind: "message", from: "12334" },
    },
    { accountExternalId: page, at: at + 500, key: "m_numbers", event: { kind: "message", from } },
  ],
};

describe("every event of the catalogue", () => {
  it.each(Object.entries(expected))("%s", (name, items) => {
    const file = name.split(" ").at(-1) ?? "";
    expect(parseBody(fixture(file))).toMatchObject(items);
  });

  it("has an expectation for each fixture", () => {
    const files = readdirSync(new URL("./fixtures", import.meta.url)).map((f) => f.replace(".json", ""));
    expect(Object.keys(expected).map((name) => name.split(" ").at(-1))).toEqual(
      expect.arrayContaining(files),
    );
  });

  it("has the same key on every redelivery and another one for every other item", () => {
    const files = readdirSync(new URL("./fixtures", import.meta.url)).map((f) => f.replace(".json", ""));
    const keys = () =>
      files.flatMap((f) =>
        parseBody(fixture(f)).map((i) => `${i.accountExternalId} ${i.event.kind} ${i.key}`),
      );
    expect(keys()).toEqual(keys());
    expect(new Set(keys()).size).toBe(keys().length);
  });
});
