import type { JsonObject } from "../../kit/json.ts";
import type { AppOptions, KnownPerson, PageOptions } from "./options.ts";

export type ProfileAccess = "full" | "none" | "phone";

export interface Attachment {
  readonly type: "image" | "video" | "audio" | "file" | "sticker" | "fallback" | "template";
  readonly mediaId?: string;
  readonly stickerId?: string;
  readonly title?: string;
  readonly url?: string;
  readonly template?: JsonObject;
}

export interface QuickReply {
  readonly title: string;
  readonly payload: string;
}

export interface StoredMessage {
  readonly mid: string;
  readonly from: "customer" | "page";
  readonly at: number;
  text: string | undefined;
  readonly attachments: readonly Attachment[];
  readonly quickReplies: readonly QuickReply[];
  readonly replyTo: string | undefined;
  /** The app that sent it; absent for the customer and for a person in the page's own inbox. */
  readonly appId: string | undefined;
  edits: number;
  reactions: { customer?: string; page?: string };
  /** The business has taken it (our webhook was answered with 200). */
  taken: boolean;
}

export interface Thread {
  readonly pageId: string;
  readonly psid: string;
  readonly name: string;
  readonly profile: ProfileAccess;
  readonly messages: StoredMessage[];
  /** Travelled time of the last act that opens the 24-hour window. */
  lastOpenAt: number | undefined;
  /** Travelled time of the last message or postback: the 7 days of HUMAN_AGENT start here. */
  lastMessageAt: number | undefined;
  ownerAppId: string | undefined;
  blocked: boolean;
  offline: boolean;
  typingUntil: number;
  /** Wire timestamps up to which page messages were delivered to and read by the customer. */
  deliveredTo: number;
  readTo: number;
  seenByPageTo: number;
  heldReceipts: (() => void)[];
}

export interface Comment {
  readonly id: string;
  readonly postId: string;
  readonly parentId: string;
  readonly psid: string | undefined;
  readonly author: string;
  message: string;
  readonly at: number;
  readonly windowAt: number;
  hidden: boolean;
  /** By the page. */
  liked: boolean;
  readonly photoId: string | undefined;
  privateReplyMid: string | undefined;
}

/** One page connected to one app: its token and its subscription. */
export interface Grant {
  readonly app: AppOptions;
  readonly pageId: string;
  token: string;
  revoked: boolean;
  fields: ReadonlySet<string> | undefined;
  disabled: boolean;
  failingSince: number | undefined;
  cancelDisable: (() => void) | undefined;
}

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly postId: string;
  post: { message: string; removed: boolean };
  readonly grants: Grant[];
  readonly people: KnownPerson[];
  readonly threads: Map<string, Thread>;
  readonly comments: Map<string, Comment>;
}

export interface World {
  readonly apps: ReadonlyMap<string, AppOptions>;
  readonly pages: ReadonlyMap<string, Page>;
}

export const ALL_FIELDS: readonly string[] = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "message_deliveries",
  "message_reads",
  "message_echoes",
  "message_reactions",
  "message_edits",
  "messaging_handovers",
  "messaging_optins",
  "messaging_account_linking",
  "messaging_policy_enforcement",
  "standby",
  "feed",
  "response_feedback",
  "messaging_orders",
  "messaging_leads",
];

const POST = "Bộ sưu tập mới đã về, nhắn trang để giữ hàng.";

export function createWorld(apps: readonly AppOptions[]): World {
  const pages = new Map<string, Page>();
  for (const app of apps) {
    for (const option of app.pages) addGrant(pages, app, option);
  }
  return { apps: new Map(apps.map((app) => [app.appId, app])), pages };
}

function addGrant(pages: Map<string, Page>, app: AppOptions, option: PageOptions): void {
  const page: Page = pages.get(option.pageId) ?? {
    id: option.pageId,
    name: option.name,
    postId: `${option.pageId}_122101`,
    post: { message: POST, removed: false },
    grants: [],
    people: [],
    threads: new Map(),
    comments: new Map(),
  };
  page.grants.push({
    app,
    pageId: option.pageId,
    token: option.token,
    revoked: false,
    fields: option.subscribed === false ? undefined : new Set(ALL_FIELDS),
    disabled: false,
    failingSince: undefined,
    cancelDisable: undefined,
  });
  page.people.push(...(option.people ?? []));
  pages.set(option.pageId, page);
}

export function findPage(world: World, pageId: string): Page {
  const page = world.pages.get(pageId);
  if (!page) throw new Error(`no page ${pageId}`);
  return page;
}

export function findThread(world: World, psid: string): Thread | undefined {
  for (const page of world.pages.values()) {
    const thread = page.threads.get(psid);
    if (thread) return thread;
  }
  return undefined;
}

export function findGrant(world: World, appId: string, pageId: string): Grant | undefined {
  return world.pages.get(pageId)?.grants.find((grant) => grant.app.appId === appId);
}
