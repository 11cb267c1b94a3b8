import {
  type AccountField,
  type AgentState,
  builtInRoles,
  type CannedReply,
  type ChannelAccount,
  type ChannelInfo,
  type ChannelWords,
  type Conversation,
  defaultCapacity,
  defaultLimits,
  defaultQueueRules,
  defaultStateRules,
  defaultWrapUpRules,
  type Interaction,
  type JournalEvent,
  type Message,
  noWaitRules,
  type Offer,
  type Queue,
  type Snapshot,
  type User,
} from "@tongdai/shared";

/** 2026-11-21 09:00 in Vietnam. */
export const morning = Date.UTC(2026, 10, 21, 2, 0, 0);
const minute = 60_000;

/** A UUID v7 by number: grows with it. */
export const id = (n: number): string =>
  `0194a000-0000-7000-8000-${Math.trunc(n).toString(16).padStart(12, "0")}`;

export const queueCare: Queue = {
  id: id(10),
  version: 1,
  name: "Chăm sóc khách hàng",
  memberIds: [id(1), id(2)],
  namedIds: [id(1), id(2)],
  teamIds: [],
  offerSeconds: 30,
  wrapUpSeconds: 60,
  promiseMs: null,
  wrapUp: defaultWrapUpRules,
  rules: defaultQueueRules,
  dispositions: [
    { name: "Đã giải quyết", resolved: true },
    { name: "Hẹn gọi lại", resolved: false },
    { name: "Khiếu nại", resolved: false },
    { name: "Spam", resolved: true },
  ],
  hoursId: null,
  outOfHours: { reply: null, action: "hold" },
  waiting: noWaitRules,
};

export const lan: User = {
  id: id(1),
  username: "lan",
  name: "Nguyễn Thị Lan",
  roles: ["agent"],
  skills: {},
  disabled: false,
  version: 1,
};
export const minh: User = {
  id: id(2),
  username: "minh",
  name: "Trần Quốc Minh",
  roles: ["agent"],
  skills: {},
  disabled: false,
  version: 1,
};
export const ha: User = {
  id: id(3),
  username: "ha",
  name: "Lê Thu Hà",
  roles: ["supervisor"],
  skills: {},
  disabled: false,
  version: 1,
};

const words = (vi: string, en: string) => ({ vi, en });
const box = (name: string, kind: AccountField["kind"], label: ChannelWords): AccountField => ({
  name,
  kind,
  required: true,
  label,
  hint: null,
  options: [],
  when: null,
});

export const facebook: ChannelInfo = {
  id: "facebook",
  capabilities: {
    work: "chat",
    address: null,
    provesAddress: false,
    begins: false,
    text: { maxLength: 2_000, counter: null },
    attachments: {
      kinds: ["image", "video", "audio", "file"],
      maxBytes: 25_000_000,
      imageMaxBytes: 8_000_000,
      endings: {},
      separateFromText: true,
    },
    stickers: true,
    reactions: ["👍", "❤️", "😆", "😮", "😢", "😠"],
    replyTo: true,
    typing: true,
    notices: true,
    seen: true,
    receipts: { delivered: true, read: true },
    replyWindow: { standard: 24 * 60 * minute, human: 7 * 24 * 60 * minute },
    chargedAfter: null,
  },
  setup: {
    connect: words("Kết nối trang Facebook", "Connect a Facebook page"),
    lead: words("Lấy ở developers.facebook.com", "From developers.facebook.com"),
    fields: [
      box("pageId", "text", words("ID trang", "Page ID")),
      box("appId", "text", words("ID ứng dụng", "App ID")),
      box("appSecret", "secret", words("Khoá bí mật của ứng dụng", "App secret")),
      box("verifyToken", "word", words("Mã xác minh webhook", "Webhook verify token")),
      box("pageToken", "secret", words("Mã truy cập trang", "Page access token")),
    ],
    idField: "pageId",
    webhook: { field: "appId", hint: words("Dán ở Meta", "Paste at Meta") },
    remedies: {
      login_needed: words("Lấy mã mới cho trang ở Meta.", "Get a new one for the page at Meta."),
    },
  },
  comments: "facebook_comments",
};

export const page: ChannelAccount = {
  id: id(20),
  version: 1,
  channel: "facebook",
  externalId: "2000000000000001",
  name: "Cửa hàng Sen Việt",
  queueId: queueCare.id,
  commentQueueId: null,
  needs: [],
  enabled: true,
  oneWay: false,
  alarms: [],
  health: { state: "ok", since: morning, lastInboundAt: morning, lastError: null },
};

export const carries = (chat: number) => ({ call: 0, chat, mail: 0 });

export const agent = (user: User, change: Partial<AgentState> = {}): AgentState => ({
  userId: user.id,
  state: "available",
  reason: null,
  since: morning - 30 * minute,
  overAt: null,
  limits: { ...defaultLimits, chat: 4 },
  carries: carries(1),
  ...change,
});

export const cannedReplies: CannedReply[] = [
  {
    id: id(70),
    shortcut: "chao",
    text: "Dạ Sen Việt chào anh/chị ạ. Em có thể giúp gì cho mình?",
    version: 1,
  },
  { id: id(71), shortcut: "cho-chut", text: "Anh/chị chờ em kiểm tra một chút nhé.", version: 1 },
  { id: id(72), shortcut: "cam-on", text: "Cảm ơn anh/chị đã liên hệ Sen Việt.", version: 1 },
];

export function interaction(conversationId: string, change: Partial<Interaction> = {}): Interaction {
  return {
    id: conversationId.replace("0194a000-0000", "0194a000-0001"),
    conversationId,
    customerId: conversationId.replace("0194a000-0000", "0194a000-0002"),
    channel: "facebook",
    queueId: queueCare.id,
    state: "active",
    ownerId: lan.id,
    boost: 0,
    openedAt: morning - 5 * minute,
    waitingSince: morning - 5 * minute,
    promiseMs: null,
    acceptedAt: morning - 4 * minute,
    parked: null,
    wrapUpUntil: null,
    extensions: 0,
    heldUntil: null,
    closedAt: null,
    disposition: null,
    version: 1,
    ...change,
  };
}

/** Conversation number n, active with Lan, the customer having spoken last. */
export function conversation(n: number, change: Partial<Conversation> = {}): Conversation {
  const conversationId = id(1_000 + n);
  const at = morning - n * minute;
  const theirs = (change.preview?.direction ?? "in") === "in" || (change.unread ?? 0) > 0;
  return {
    id: conversationId,
    channel: "facebook",
    accountId: page.id,
    queueId: queueCare.id,
    customerId: conversationId.replace("0194a000-0000", "0194a000-0002"),
    identityId: id(3_000 + n),
    customerName: `Khách ${n}`,
    avatarMediaId: null,
    unread: 1,
    unsent: 0,
    preview: { text: `Tin của khách ${n}`, direction: "in", attachment: null, authorId: null },
    lastMessageAt: at,
    lastInboundAt: at,
    windowOpenedAt: at,
    windowRefusedAt: null,
    humanWindowRefusedAt: null,
    answerUntil: null,
    optedOutAt: null,
    unansweredSince: theirs ? (change.lastInboundAt ?? at) : null,
    interaction: interaction(conversationId),
    ...change,
  };
}

/** Message number n of a conversation, from the customer. */
export function message(conversationId: string, n: number, change: Partial<Message> = {}): Message {
  return {
    id: id(100_000 + n),
    conversationId,
    interactionId: null,
    clientId: null,
    kind: "message",
    direction: "in",
    author: { kind: "customer" },
    text: `Tin ${n}`,
    attachments: [],
    replyTo: null,
    reactions: [],
    mentions: [],
    state: "received",
    error: null,
    event: null,
    revision: 0,
    at: morning - 60 * minute + n * minute,
    stateAt: morning - 60 * minute + n * minute,
    ...change,
  };
}

export const fromLan = (conversationId: string, n: number, change: Partial<Message> = {}): Message =>
  message(conversationId, n, {
    direction: "out",
    author: { kind: "agent", userId: lan.id },
    state: "sent",
    ...change,
  });

export function offer(of: Conversation, change: Partial<Offer> = {}): Offer {
  return {
    id: of.id.replace("0194a000-0000", "0194a000-0003"),
    interactionId: of.interaction?.id ?? id(0),
    conversationId: of.id,
    userId: lan.id,
    channel: of.channel,
    queueId: of.queueId,
    customerId: of.customerId,
    customerName: of.customerName,
    preview: { text: of.preview.text, attachment: of.preview.attachment },
    note: null,
    waitingSince: morning - 2 * minute,
    madeAt: morning,
    deadline: morning + minute / 2,
    reasons: [{ code: "longest_idle", ring: 1 }],
    ...change,
  };
}

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    me: lan,
    permissions: ["work", "templates.send", "agents.see", "customers.link", "canned_replies.manage"],
    users: [lan, minh, ha],
    queues: [queueCare],
    agents: [agent(lan), agent(minh, { carries: carries(0) }), agent(ha, { state: "offline" })],
    channels: [facebook],
    accounts: [page],
    offers: [],
    cannedReplies,
    signatures: [],
    ownSignature: null,
    hours: [],
    skills: [],
    teams: [],
    roles: [...builtInRoles],
    capacity: { ...defaultCapacity, version: 1 },
    stateRules: defaultStateRules,
    ticketFilters: [],
    mentions: [],
    webhooks: [],
    calls: [],
    ...change,
  };
}

export type DataOf<N extends JournalEvent["name"]> = Extract<JournalEvent, { name: N }>["data"];

/** A journal row. The name decides the data, which the return type cannot say for an open name. */
export const event = <N extends JournalEvent["name"]>(seq: number, name: N, data: DataOf<N>): JournalEvent =>
  ({ seq, at: morning + seq, name, actorId: null, data }) as JournalEvent;
