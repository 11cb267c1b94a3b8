import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseBody } from "./parse.ts";

const OA = "388613280878808645";
const USER = "246845883529197922";
const AT = 1_700_000_000_000;

const fromUser = (event_name: string, message: object) => ({
  app_id: "360846524940903967",
  sender: { id: USER },
  user_id_by_app: "552177279717587730",
  recipient: { id: OA },
  event_name,
  message: { msg_id: "m1", ...message },
  timestamp: String(AT),
});
const attached = (type: string, payload: object) => ({ attachments: [{ type, payload }] });

const one = (body: unknown, accounts: readonly string[] = [OA]) => {
  const items = parseBody(body, accounts);
  expect(items).toHaveLength(1);
  return items[0];
};

describe("what a person writes", () => {
  it("is a message of theirs to the account, by the account's own id of them", () => {
    expect(one(fromUser("user_send_text", { text: "Xin chào", quote_msg_id: "m0" }))).toEqual({
      accountExternalId: OA,
      key: "user_send_text:m1",
      at: AT,
      event: {
        kind: "message",
        from: USER,
        externalId: "m1",
        text: "Xin chào",
        attachments: [],
        replyToExternalId: "m0",
        extra: {},
        live: true,
      },
    });
  });

  it("may be a picture with words, a sticker, a voice, a film or a file", () => {
    const url = "http://f9.photo.talk.zdn.vn/1.jpg";
    const file = { url, size: "4096", name: "hoá đơn.pdf", checksum: "x", type: "pdf" };
    for (const [name, payload, kind, called] of [
      ["image", { url, thumbnail: url }, "image", "image"],
      ["gif", { url, thumbnail: url }, "image", "gif"],
      ["audio", { url }, "audio", "audio"],
      ["video", { url, thumbnail: url, description: "" }, "video", "video"],
      ["sticker", { id: "15121", url }, "sticker", "sticker"],
      ["file", file, "file", "hoá đơn.pdf"],
    ] as const) {
      const item = one(fromUser(`user_send_${name}`, { text: "xem nè", ...attached(name, payload) }));
      expect(item?.event).toMatchObject({
        kind: "message",
        text: "xem nè",
        attachments: [{ kind, name: called, fetchUrl: url }],
      });
    }
  });

  it("may be several pictures at once", () => {
    const url = "https://zdn.vn/1.jpg";
    const attachments = [1, 2].map(() => ({ type: "image", payload: { url } }));
    expect(one(fromUser("user_send_image", { attachments }))?.event).toMatchObject({
      attachments: [{ kind: "image" }, { kind: "image" }],
    });
  });

  it("may be a place whose coordinates are texts", () => {
    const coordinates = { latitude: "10.7625", longitude: "106.6821" };
    expect(one(fromUser("user_send_location", attached("location", { coordinates })))?.event).toMatchObject({
      attachments: [
        { kind: "location", title: "10.7625, 106.6821", url: expect.stringContaining("mlat=10.7625") },
      ],
    });
    expect(
      one(fromUser("user_send_location", attached("location", { coordinates: {} })))?.event,
    ).toMatchObject({
      attachments: [{ kind: "location", url: null }],
    });
  });

  it("may be a link, whose address is not said twice", () => {
    const payload = { thumbnail: "https://zdn.vn/t.jpg", description: "Giỏ quà", url: "https://a.vn/1" };
    const body = fromUser("user_send_link", { text: "https://a.vn/1", ...attached("link", payload) });
    expect(one(body)?.event).toMatchObject({
      text: "",
      attachments: [{ kind: "link", title: "Giỏ quà", url: "https://a.vn/1" }],
    });
  });

  it("may be a card, told as JSON within a link; a broken one is still a link", () => {
    const card = { phone: "0901234567", caption: "Trần Hà", qrCodeUrl: "https://zdn.vn/q" };
    const asCard = attached("link", { description: JSON.stringify(card), thumbnail: "https://zdn.vn/t.jpg" });
    expect(one(fromUser("user_send_business_card", asCard))?.event).toMatchObject({
      attachments: [{ kind: "card", title: "Trần Hà · 0901234567", fetchUrl: "https://zdn.vn/t.jpg" }],
    });
    expect(
      one(fromUser("user_send_business_card", attached("link", { description: "{broken" })))?.event,
    ).toMatchObject({
      attachments: [{ kind: "link", title: "{broken" }],
    });
  });

  it("never becomes an address that is not of the web", () => {
    for (const [name, type] of [
      ["user_send_image", "image"],
      ["user_send_link", "link"],
    ] as const)
      expect(one(fromUser(name, attached(type, { url: "javascript:alert(1)" })))?.event).toMatchObject({
        attachments: [{ kind: "unsupported", fetchUrl: null, url: null }],
      });
  });

  it("without a log-in carries the talk that an answer needs", () => {
    const body = fromUser("anonymous_send_text", { text: "giá?", conversation_id: "talk-7" });
    expect(one(body)?.event).toMatchObject({ kind: "message", from: `visitor:${USER}:talk-7` });
    expect(one(fromUser("anonymous_send_text", { text: "giá?" }))?.event.kind).toBe("unsupported");
  });
});

describe("what the account says elsewhere", () => {
  it("is an echo, also with a person of the vendor's own tool", () => {
    const body = {
      ...fromUser("oa_send_text", { text: "Dạ" }),
      sender: { id: OA, admin_id: "77" },
      recipient: { id: USER },
    };
    expect(one(body)).toMatchObject({
      accountExternalId: OA,
      event: { kind: "echo", to: USER, externalId: "m1", ours: null, byContent: false, text: "Dạ" },
    });
  });
});

describe("every event of the vendor's list", () => {
  const all = {
    ...fromUser("", {
      text: "a",
      msg_ids: ["m1"],
      react_icon: "/-heart",
      conversation_id: "talk-7",
    }),
    follower: { id: USER },
    info: { name: "Hà" },
  };
  const kinds: Readonly<Record<string, readonly string[]>> = {
    message:
      "user_send_text user_send_image user_send_gif user_send_link user_send_audio user_send_video user_send_sticker user_send_location user_send_business_card user_send_file anonymous_send_text anonymous_send_image anonymous_send_file anonymous_send_sticker".split(
        " ",
      ),
    echo: "oa_send_text oa_send_image oa_send_gif oa_send_list oa_send_file oa_send_sticker oa_send_template oa_send_anonymous_text".split(
      " ",
    ),
    delivered: ["user_received_message"],
    read: ["user_seen_message"],
    reaction: ["user_reacted_message"],
    notice: ["follow", "unfollow", "user_click_chatnow", "user_submit_info"],
    account: [
      "oa_reacted_message",
      "change_template_status",
      "change_template_quality",
      "change_oa_daily_quota",
    ],
    // Groups, calls and what other products of the vendor's tell are kept and not read.
    unsupported: [
      "add_user_to_tag",
      "remove_user_from_tag",
      "update_user_info",
      "user_withdraw",
      "user_feedback",
      "user_send_group_text",
      "create_group",
      "oa_call_user",
      "user_call_oa",
      "user_reply_consent",
    ],
  };
  it.each(Object.entries(kinds).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))(
    "%s is of the kind %s",
    (event_name, kind) => {
      expect(one({ ...all, event_name })?.event.kind).toBe(kind);
    },
  );
});

describe("templates", () => {
  it("are echoed without words or an id of ours, and receipted by number with the id that we gave", () => {
    const echo = { ...fromUser("oa_send_template", {}), sender: { id: OA }, recipient: { id: USER } };
    expect(one(echo)?.event).toMatchObject({ kind: "echo", to: USER, byContent: true, template: true });
    const ours = "01900000-0000-7000-8000-000000000001";
    const receipt = (tracking_id: string) => ({
      ...fromUser("user_received_message", { delivery_time: String(AT), tracking_id }),
      sender: { id: OA },
      recipient: { id: "84912345678" },
    });
    expect(one(receipt(ours))?.event).toMatchObject({ kind: "delivered", externalIds: ["m1"], ours });
    // Another system that sends templates has ids of its own.
    expect(one(receipt("order-17"))?.event).not.toHaveProperty("ours");
  });
});

describe("receipts", () => {
  const receipt = (event_name: string, message: object, sender: string, recipient: string) => ({
    event_name,
    message,
    sender: { id: sender },
    recipient: { id: recipient },
    timestamp: String(AT),
  });

  it("are read whichever side is told as the sender, and with one id or many", () => {
    const expected = {
      accountExternalId: OA,
      event: { kind: "read", from: USER, externalIds: ["a", "b"], watermark: null },
    };
    expect(one(receipt("user_seen_message", { msg_ids: ["a", "b"] }, USER, OA))).toMatchObject(expected);
    expect(one(receipt("user_seen_message", { msg_ids: ["a", "b"] }, OA, USER))).toMatchObject(expected);
    expect(one(receipt("user_received_message", { msg_id: "a" }, OA, USER))).toMatchObject({
      event: { kind: "delivered", from: USER, externalIds: ["a"], watermark: null },
    });
    expect(one(receipt("user_seen_message", {}, USER, OA))?.event.kind).toBe("unsupported");
  });
});

describe("other happenings", () => {
  it("reads a reaction, one that is taken back, and one that it does not know", () => {
    for (const [react_icon, emoji] of [
      ["/-strong", "👍"],
      ["/-remove", null],
      [":new:", ":new:"],
    ] as const)
      expect(one(fromUser("user_reacted_message", { react_icon }))?.event).toMatchObject({
        kind: "reaction",
        from: USER,
        targetExternalId: "m1",
        emoji,
      });
  });

  it("following opens the window, leaving and opening the chat do not; none of them has a sender", () => {
    const body = {
      oa_id: OA,
      follower: { id: USER },
      source: "oa_profile",
      timestamp: String(AT),
      app_id: "1",
    };
    expect(one({ ...body, event_name: "follow" })).toEqual({
      accountExternalId: OA,
      key: `follow:${USER}:${AT}`,
      at: AT,
      event: {
        kind: "notice",
        from: USER,
        name: "followed",
        data: { source: "oa_profile" },
        opensWindow: true,
      },
    });
    expect(one({ ...body, event_name: "unfollow" })?.event).toMatchObject({ opensWindow: false });
    const chatNow = { oa_id: OA, user_id: USER, event_name: "user_click_chatnow", timestamp: String(AT) };
    expect(one(chatNow)?.event).toMatchObject({ kind: "notice", from: USER, opensWindow: false });
  });

  it("tells what a customer has typed into the vendor's form, in its new form and its old one", () => {
    const body = { ...fromUser("user_submit_info", {}), message: undefined };
    const full_address = { user_city: "Hà Nội", user_ward: "Láng", user_address: "12 Chùa Láng" };
    expect(
      one({ ...body, info: { name: "Trần Hà", phone: "84901234567", full_address } })?.event,
    ).toMatchObject({
      kind: "notice",
      opensWindow: true,
      data: { name: "Trần Hà", phone: "84901234567", address: "12 Chùa Láng, Láng, Hà Nội" },
    });
    const older = { name: "Hà", phone: 84901234567, address: "12 Láng", ward: "Láng", district: 7, city: 1 };
    expect(one({ ...body, info: older })?.event).toMatchObject({
      data: { name: "Hà", phone: "84901234567", address: "12 Láng, Láng, 7, 1" },
    });
  });

  it("keeps what it does not know", () => {
    const group = { ...fromUser("user_send_group_text", { text: "x" }) };
    expect(one(group)).toMatchObject({
      accountExternalId: OA,
      event: { kind: "unsupported", why: "event: user_send_group_text" },
    });
  });

  it("never takes the account for a person", () => {
    const alone = { ...fromUser("user_send_text", { text: "x" }), sender: { id: OA } };
    expect(one(alone)?.event.kind).toBe("unsupported");
  });

  it("gives a repeated event the same key", () => {
    const body = fromUser("user_send_text", { text: "x" });
    expect(parseBody(body, [OA])).toEqual(parseBody(JSON.parse(JSON.stringify(body)), [OA]));
  });

  it("never throws", () => {
    const name = fc.constantFrom(
      "user_send_text",
      "oa_send_text",
      "user_seen_message",
      "follow",
      "user_submit_info",
    );
    const body = fc.record({
      event_name: name,
      sender: fc.jsonValue(),
      recipient: fc.jsonValue(),
      message: fc.jsonValue(),
      info: fc.jsonValue(),
      oa_id: fc.jsonValue(),
      timestamp: fc.jsonValue(),
    });
    fc.assert(fc.property(body, (b) => parseBody(b, [OA]).length === 1));
  });
});
