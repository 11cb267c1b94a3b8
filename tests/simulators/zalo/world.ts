import { createHash, randomBytes } from "node:crypto";
import type { AppOptions, OaOptions } from "./options.ts";

export interface Attachment {
  readonly type: "image" | "gif" | "file" | "audio" | "video" | "sticker" | "link" | "location" | "template";
  readonly mediaId?: string;
  readonly name?: string;
  readonly title?: string;
  readonly url?: string;
  readonly latitude?: string;
  readonly longitude?: string;
}

export interface StoredMessage {
  readonly id: string;
  readonly from: "user" | "oa";
  readonly at: number;
  readonly text?: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly quoteId?: string | undefined;
  /** Typed by a person in the vendor's own tool. */
  readonly byAdmin?: boolean;
  /** It cost money. */
  readonly charged?: boolean;
  state: "sent" | "received" | "seen";
  reaction?: string | undefined;
}

/** Somebody and one account. */
export interface Thread {
  readonly oaId: string;
  readonly userId: string;
  readonly userIdByApp: string;
  readonly name: string;
  phone: string;
  /** Writes on the account's page without a log-in: the vendor's id of the talk. */
  readonly talkId: string | null;
  readonly messages: StoredMessage[];
  follows: boolean;
  /** Takes nothing from the account. */
  blocked: boolean;
  offline: boolean;
  /** Travelled time of what last opened the window; `undefined`: never. */
  lastActAt: number | undefined;
}

export interface Grant {
  accessToken: string;
  accessUntil: number;
  refreshToken: string;
  refreshUntil: number;
}

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly status: "ENABLE" | "PENDING_REVIEW" | "REJECT" | "DISABLE";
  readonly text: string;
  readonly params: readonly {
    readonly name: string;
    readonly type: "STRING" | "NUMBER" | "DATE";
    readonly require: boolean;
    readonly maxLength: number;
  }[];
}

export interface Oa {
  readonly app: AppOptions;
  readonly options: OaOptions;
  readonly threads: Map<string, Thread>;
  readonly templates: readonly Template[];
  grant: Grant | null;
  /** Charged messages that are left. */
  chargedLeft: number;
  /** Templates sent on one day, counted from 1970 in Vietnam. */
  templatesSent: { day: number; count: number };
}

/** What was uploaded: good for seven days, and for the account that did it. */
export interface Upload {
  readonly oaId: string;
  readonly kind: "image" | "gif" | "file";
  readonly mediaId: string;
  readonly name: string;
  readonly until: number;
}

export interface World {
  readonly apps: ReadonlyMap<string, AppOptions>;
  readonly oas: ReadonlyMap<string, Oa>;
  readonly uploads: Map<string, Upload>;
  /** Given out by the permission page; each is used once. */
  readonly codes: Map<string, { oaId: string; appId: string; challenge: string; until: number }>;
}

/** The vendor's ids exceed 2^53, so that a parser using numbers loses them. */
export const userIdOf = (oaId: string, seed: string): string => `24${digits(`${oaId}:${seed}`, 17)}`;
export const newMessageId = (): string => randomBytes(10).toString("hex").slice(0, 19);
export const newToken = (): string => randomBytes(60).toString("base64url");
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

export function digits(seed: string, length: number): string {
  const hash = createHash("sha256").update(seed).digest("hex");
  return (BigInt(`0x${hash}`) % 10n ** BigInt(length)).toString().padStart(length, "0");
}

export const DAY_MS = 24 * 3_600_000;
export const REFRESH_LIVES_MS = 90 * DAY_MS;
/** Told as the text "90000", in seconds. */
export const ACCESS_LIVES_MS = 90_000_000;

const TEMPLATES: readonly Template[] = [
  {
    id: "301001",
    name: "Đơn hàng đang giao",
    price: 200,
    status: "ENABLE",
    text: "Chào <customer_name>, đơn <order_code> sẽ được giao ngày <delivery_date>.",
    params: [
      { name: "customer_name", type: "STRING", require: true, maxLength: 30 },
      { name: "order_code", type: "STRING", require: true, maxLength: 30 },
      { name: "delivery_date", type: "DATE", require: true, maxLength: 20 },
    ],
  },
  {
    id: "301002",
    name: "Xin ý kiến về dịch vụ",
    price: 300,
    status: "ENABLE",
    text: "Chào <customer_name>, phiếu <ticket> của quý khách đã xong. Quý khách hài lòng chứ?",
    params: [
      { name: "customer_name", type: "STRING", require: true, maxLength: 30 },
      { name: "ticket", type: "STRING", require: true, maxLength: 20 },
    ],
  },
  {
    id: "301005",
    name: "Nhắc thanh toán",
    price: 350,
    status: "ENABLE",
    text: "Chào <customer_name>, hoá đơn <bill> của quý khách là <amount> đồng, hạn <due_date>. <note>",
    params: [
      { name: "customer_name", type: "STRING", require: true, maxLength: 30 },
      { name: "bill", type: "STRING", require: true, maxLength: 30 },
      { name: "amount", type: "NUMBER", require: true, maxLength: 12 },
      { name: "due_date", type: "DATE", require: true, maxLength: 20 },
      { name: "note", type: "STRING", require: false, maxLength: 60 },
    ],
  },
  { id: "301003", name: "Khuyến mãi cũ", price: 200, status: "DISABLE", text: "Hết hạn", params: [] },
  {
    id: "301004",
    name: "Hẹn lịch bảo hành",
    price: 250,
    status: "PENDING_REVIEW",
    text: "Chờ duyệt",
    params: [],
  },
];

export function createWorld(apps: readonly AppOptions[], now: number): World {
  const oas = apps.flatMap((app) =>
    app.oas.map((options): [string, Oa] => [
      options.oaId,
      {
        app,
        options,
        threads: new Map(),
        templates: structuredClone(TEMPLATES),
        templatesSent: { day: 0, count: 0 },
        chargedLeft: options.chargedQuota ?? 1_000,
        grant: options.refreshToken
          ? {
              accessToken: newToken(),
              accessUntil: 0,
              refreshToken: options.refreshToken,
              refreshUntil: now + REFRESH_LIVES_MS,
            }
          : null,
      },
    ]),
  );
  return {
    apps: new Map(apps.map((app) => [app.appId, app])),
    oas: new Map(oas),
    uploads: new Map(),
    codes: new Map(),
  };
}

export function oaOf(world: World, oaId: string): Oa {
  const oa = world.oas.get(oaId);
  if (!oa) throw new Error(`no account ${oaId}`);
  return oa;
}

export interface PersonOptions {
  readonly name: string;
  readonly userId?: string | undefined;
  readonly phone?: string | undefined;
  /** Follows the account from the beginning. */
  readonly follows?: boolean;
  /** Has not logged in. */
  readonly visitor?: boolean;
}

/** One person per name and account: asking again gives the same thread. */
export function personThread(oa: Oa, o: PersonOptions): Thread {
  const { oaId } = oa.options;
  const userId = o.userId ?? userIdOf(oaId, o.visitor ? `visitor:${o.name}` : o.name);
  const known = oa.threads.get(userId);
  if (known) return known;
  const thread: Thread = {
    oaId,
    userId,
    userIdByApp: `55${digits(`${oa.app.appId}:${o.name}`, 17)}`,
    name: o.name,
    phone: o.phone ?? `849${digits(o.name, 8)}`,
    talkId: o.visitor ? digits(`talk:${userId}`, 16) : null,
    messages: [],
    follows: o.follows ?? false,
    blocked: false,
    offline: false,
    lastActAt: undefined,
  };
  oa.threads.set(userId, thread);
  return thread;
}

/** Those of the account's people who are not here yet come in as they are configured. */
export function meetPeople(oa: Oa): void {
  for (const { lastWroteAt, ...person } of oa.options.people ?? []) {
    if (oa.threads.has(person.userId)) continue;
    personThread(oa, { ...person, follows: true }).lastActAt = lastWroteAt;
  }
}

const HOUR_MS = 3_600_000;
export const FREE_MS = 48 * HOUR_MS;
export const OPEN_MS = 7 * DAY_MS;

export type WindowState = "never" | "free" | "charged" | "closed";

export function windowOf(thread: Thread, windowNow: number): WindowState {
  if (thread.lastActAt === undefined) return "never";
  const age = windowNow - thread.lastActAt;
  if (age <= FREE_MS) return "free";
  return age <= OPEN_MS ? "charged" : "closed";
}
