import type {
  CommandInput,
  CommandOutput,
  Conversation,
  Draft,
  JournalEvent,
  Message,
  Offer,
  PhoneLogin,
  Snapshot,
  Ticket,
} from "@tongdai/shared";
import { AppError, defaultLimits } from "@tongdai/shared";
import {
  carries,
  conversation,
  fromLan,
  ha,
  id,
  interaction,
  lan,
  message,
  minh,
  morning,
  offer,
  page,
  snapshot,
} from "../builders.ts";

/** What the fake gateway knows. Plain and mutable: it is a test's toy, not a store. */
export interface World {
  seq: number;
  readonly journal: JournalEvent[];
  readonly conversations: Map<string, Conversation>;
  readonly messages: Map<string, Message[]>;
  readonly drafts: Map<string, Draft>;
  readonly tickets: Map<string, Ticket>;
  /** Client ids that were served, with their answers: the same command again does nothing again. */
  readonly served: Map<string, unknown>;
  snapshot: Snapshot;
  /** What a phone logs in with, where there is telephony. */
  phone: PhoneLogin | null;
  pad: CommandOutput<"call.pad">;
  /** What comes of asking for a call out; it may throw. */
  dial: (input: CommandInput<"call.dial">) => CommandOutput<"call.dial">;
}

export function emptyWorld(): World {
  return {
    seq: 100,
    journal: [],
    conversations: new Map(),
    messages: new Map(),
    drafts: new Map(),
    tickets: new Map(),
    served: new Map(),
    snapshot: snapshot(),
    phone: null,
    pad: { callers: [], recent: [], left: null },
    dial: () => {
      throw new AppError("call_refused", "nobody calls out here", { obstacle: "no_trunk" });
    },
  };
}

const minute = 60_000;
const hour = 60 * minute;

const people = [
  ["Phạm Thị Ngọc Ánh", "Chị ơi ấm chén này còn bảo hành không ạ? Em mua hôm 3/10 mà nắp bị hở", 2],
  ["Lê Hoàng Nam", "Shop giao hàng giúp mình trước 5h chiều nay được không", 1],
  ["Nguyễn Hoàng Bảo Trân Công Tằng Tôn Nữ Minh Châu", "Mình muốn đổi sang size lớn hơn, đơn 120934", 3],
  ["Vũ Đức Thắng", "Ok shop", 0],
  ["Trần Thu Hương", "Cảm ơn em nhé", 0],
  ["Đỗ Minh Quân", "Giá sỉ bao nhiêu vậy shop?", 1],
  ["Bùi Thanh Tâm", "Em gửi hình bên dưới ạ", 1],
  ["Hoàng Yến Nhi", "Shop có ship ra Phú Quốc không ạ", 1],
  ["Ngô Gia Bảo", "Mình chờ từ sáng chưa thấy ai trả lời", 4],
] as const;

/** A believable morning: nine customers, one long talk with everything that can stand in it. */
export function demoWorld(now: number = Date.now()): World {
  const world = emptyWorld();
  const shift = now - morning;
  people.forEach(([customerName, text, unread], i) => {
    const base = conversation(i + 1);
    const at = now - ([2, 6, 11, 25, 48, 3, 1, 8, 95][i] ?? 0) * minute;
    const states = [
      "active",
      "active",
      "active",
      "active",
      "wrap_up",
      "waiting",
      "offered",
      "waiting",
      "active",
    ] as const;
    const state = states[i] ?? "active";
    const isMine = state === "active" || state === "wrap_up";
    const isTheirs = unread > 0 || i === 4;
    const owner = i === 8 ? minh.id : isMine ? lan.id : null;
    world.conversations.set(base.id, {
      ...base,
      customerName,
      unread,
      preview: {
        text,
        direction: isTheirs ? "in" : "out",
        attachment: i === 6 ? "image" : null,
        authorId: isTheirs ? null : lan.id,
      },
      lastMessageAt: at,
      lastInboundAt: at,
      windowOpenedAt: i === 2 ? now - 23 * hour - 10 * minute : i === 3 ? now - 30 * hour : at,
      unansweredSince: isTheirs ? at : null,
      interaction: interaction(base.id, {
        state,
        ownerId: owner,
        waitingSince: at,
        openedAt: at,
        parked: null,
        extensions: 0,
        wrapUpUntil: state === "wrap_up" ? now + 42_000 : null,
      }),
    });
    world.messages.set(base.id, shortTalk(base.id, text, at));
  });
  const first = conversation(1).id;
  world.messages.set(first, longTalk(first, now));
  world.snapshot = snapshot({
    accounts: [{ ...page, health: { ...page.health, since: page.health.since + shift } }],
    agents: [
      {
        userId: lan.id,
        state: "available",
        reason: null,
        since: now - 37 * minute,
        overAt: null,
        limits: { ...defaultLimits, chat: 8 },
        carries: carries(5),
      },
      {
        userId: minh.id,
        state: "busy",
        reason: null,
        since: now - 12 * minute,
        overAt: null,
        limits: { ...defaultLimits, chat: 6 },
        carries: carries(6),
      },
      {
        userId: ha.id,
        state: "away",
        reason: "meeting",
        since: now - 5 * minute,
        overAt: null,
        limits: { ...defaultLimits, chat: 2 },
        carries: carries(0),
      },
    ],
  });
  return world;
}

export function demoOffer(world: World, now: number): Offer {
  const of = world.conversations.get(conversation(7).id);
  if (!of) throw new Error("the demo has no seventh conversation");
  return offer(of, { madeAt: now, deadline: now + 30_000, waitingSince: now - 64_000 });
}

function shortTalk(conversationId: string, text: string, at: number): Message[] {
  const n = Number.parseInt(conversationId.slice(-4), 16) * 10;
  return [
    message(conversationId, n, { text: "Chào shop", at: at - 9 * minute }),
    fromLan(conversationId, n + 1, {
      text: "Dạ Sen Việt chào anh/chị ạ. Em có thể giúp gì cho mình?",
      at: at - 8 * minute,
      state: "read",
    }),
    message(conversationId, n + 2, { text, at }),
  ];
}

const picture = (n: number, change = {}) => ({
  id: id(50_000 + n),
  kind: "image" as const,
  name: `am-chen-${n}.jpg`,
  mime: "image/svg+xml",
  size: 182_000,
  mediaId: id(60_000 + n),
  thumbnail: true,
  width: 800,
  height: 600,
  state: "ready" as const,
  failure: null,
  title: null,
  url: null,
  ...change,
});

function longTalk(c: string, now: number): Message[] {
  const day = 24 * hour;
  const y = now - day;
  return [
    ...Array.from({ length: 70 }, (_, i) =>
      (i % 3 === 2 ? fromLan : message)(c, 1_000 + i, {
        text: `Tin cũ số ${i + 1} trong cuộc trò chuyện tuần trước`,
        at: now - 6 * day + i * minute,
      }),
    ),
    message(c, 2_000, {
      kind: "event",
      direction: "none",
      author: { kind: "system" },
      text: "",
      event: { name: "referral", data: { source: "Quảng cáo Bộ ấm chén Bát Tràng men lam" } },
      at: y,
    }),
    message(c, 2_001, {
      text: "Shop ơi cho mình hỏi bộ ấm chén Bát Tràng men lam vẽ sen còn hàng không ạ?",
      at: y + minute,
      reactions: [{ by: "us", emoji: "❤️", at: y }],
    }),
    fromLan(c, 2_002, {
      text: "Dạ còn ạ. Bộ này gồm 1 ấm, 6 chén và khay gỗ hương, giá 1.250.000 ₫. Chị xem thêm ở https://senviet.example/bat-trang-men-lam nhé.",
      at: y + 3 * minute,
      state: "read",
    }),
    message(c, 2_003, {
      direction: "out",
      author: { kind: "outside" },
      text: "Chị để lại số điện thoại để bên em gọi tư vấn ạ",
      at: y + 5 * minute,
      state: "delivered",
    }),
    message(c, 2_004, { text: "0901234567 em nhé", at: y + 8 * minute }),
    message(c, 2_010, {
      text: "Chị ơi ấm chén này còn bảo hành không ạ?",
      at: now - 14 * minute,
      replyTo: { messageId: id(102_002), excerpt: "Dạ còn ạ. Bộ này gồm 1 ấm, 6 chén và khay gỗ hương" },
    }),
    message(c, 2_011, {
      text: "",
      attachments: [picture(1), picture(2, { width: 600, height: 800 })],
      at: now - 13 * minute,
    }),
    fromLan(c, 2_012, {
      kind: "note",
      direction: "none",
      text: "@minh đơn 120934, khách mua 03/10, còn bảo hành đến 03/10 năm sau. Kho còn nắp thay.",
      mentions: [minh.id],
      at: now - 12 * minute,
    }),
    fromLan(c, 2_013, {
      text: "Dạ chị ơi, bộ này bảo hành 12 tháng ạ. Em kiểm tra kho rồi báo lại chị ngay.",
      at: now - 11 * minute,
      state: "delivered",
      reactions: [{ by: "customer", emoji: "👍", at: now }],
    }),
    fromLan(c, 2_014, {
      text: "Bên em đổi nắp mới miễn phí, chị cho em xin địa chỉ nhận hàng nhé.",
      at: now - 10 * minute,
      state: "unknown",
    }),
    fromLan(c, 2_015, {
      text: "Phiếu bảo hành của chị đây ạ.",
      at: now - 9 * minute,
      state: "failed",
      error: { code: "attachment_refused", detail: "(#100) Attachment upload error" },
      attachments: [
        picture(3, {
          kind: "file",
          name: "phieu-bao-hanh-120934.pdf",
          mime: "application/pdf",
          thumbnail: false,
        }),
      ],
    }),
    message(c, 2_016, {
      text: "Mình ở 25 ngõ 120 Trần Cung, Cầu Giấy",
      at: now - 4 * minute,
    }),
    message(c, 2_017, { text: "Em mua hôm 3/10 mà nắp bị hở", at: now - 2 * minute }),
  ];
}
