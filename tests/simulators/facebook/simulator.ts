import type { HttpOutcome } from "../kit/http-caller.ts";
import type { Json } from "../kit/json.ts";
import type { Sim } from "./core/context.ts";
import type { Faults } from "./core/faults.ts";
import { newMid } from "./core/ids.ts";
import { type PersonOptions, personThread, storedMessage } from "./core/threads.ts";
import { type Comment, findPage, type Grant, type Thread } from "./core/world.ts";
import type { Sent } from "./customer/acts.ts";
import { addComment, changePost, type NewComment } from "./customer/comments.ts";
import { type Customer, customerHandle } from "./customer/handle.ts";
import { emitEcho } from "./customer/receipts.ts";
import { buildEvent, type CatalogueEvent } from "./webhook/catalogue.ts";
import { type DeliveryRecord, envelope, type Sender, type SignatureOverride } from "./webhook/sender.ts";

/** Both numbers appear in the vendor's documentation; the longer one is the widely seen. */
export const PAGE_INBOX_APP_ID = "263902037430900";

export interface InboxReply {
  readonly psid: string;
  readonly text: string;
  readonly withoutAppId?: boolean;
  /** Another app's send instead of a person's. */
  readonly appId?: string;
  readonly metadata?: string;
}

export interface HandshakeResult {
  readonly ok: boolean;
  readonly status: number;
  readonly body: string;
}

export interface SubscriptionState {
  readonly subscribed: boolean;
  readonly disabled: boolean;
  readonly failing: boolean;
  readonly fields: readonly string[];
}

/** The controls of the vendor's cloud, as tests and the admin endpoint use them. */
export interface Simulator {
  readonly context: Sim;
  readonly faults: Faults;
  readonly deliveries: readonly DeliveryRecord[];
  /** How many deliveries were answered with 200, ever. */
  readonly acknowledged: number;
  readonly customers: readonly Customer[];
  customer(options: PersonOptions & { readonly pageId: string }): Customer;
  event(pageId: string, event: CatalogueEvent): Promise<void>;
  /** One attempt with any body (text as it is, or entries for the envelope) and any signature. */
  sendRaw(
    appId: string,
    body: string | readonly Json[],
    options?: { readonly signature?: SignatureOverride },
  ): Promise<{ status: number; body: string }>;
  pageInboxReply(pageId: string, reply: InboxReply): Promise<Sent>;
  /** Somebody of the page writes beneath its post, elsewhere than with us. */
  pageComment(pageId: string, comment: NewComment): Comment;
  /** Somebody of the page changes its post, or takes it down (`undefined`). */
  changePost(pageId: string, message: string | undefined): void;
  verifyHandshake(appId: string, token?: string): Promise<HandshakeResult & { readonly [key: string]: Json }>;
  hold(): void;
  release(options?: { readonly reverse?: boolean }): Promise<void>;
  timeTravel(ms: number): void;
  timeBack(): void;
  revokeToken(pageId: string): void;
  restoreToken(pageId: string, token?: string): void;
  subscription(appId: string, pageId: string): SubscriptionState;
  settle(): Promise<void>;
}

export function createSimulator(context: Sim, sender: Sender): Simulator {
  const { world } = context;
  const appOf = (appId: string) => {
    const app = world.apps.get(appId);
    if (!app) throw new Error(`no app ${appId}`);
    return app;
  };
  const tokens = (pageId: string, change: (grant: Grant) => void) => {
    for (const grant of findPage(world, pageId).grants) change(grant);
    context.changed();
  };
  const threadOf = (pageId: string, psid: string): Thread => {
    const thread = findPage(world, pageId).threads.get(psid);
    if (!thread) throw new Error(`no customer ${psid} on page ${pageId}`);
    return thread;
  };
  return {
    context,
    faults: context.faults,
    deliveries: sender.log,
    get acknowledged() {
      return sender.acknowledged;
    },
    get customers() {
      const threads = [...world.pages.values()].flatMap((page) => [...page.threads.values()]);
      return threads.map((thread) => customerHandle(context, thread));
    },
    customer(options) {
      const thread = personThread(findPage(world, options.pageId), options);
      context.changed();
      return customerHandle(context, thread);
    },
    async event(pageId, event) {
      const page = findPage(world, pageId);
      const appId = page.grants[0]?.app.appId ?? "";
      await context.webhooks.emit({
        pageId,
        ...buildEvent({ pageId, appId, now: context.time.stamp(), event }),
      });
    },
    async sendRaw(appId, body, { signature } = {}) {
      const text = typeof body === "string" ? body : envelope(body);
      const outcome: HttpOutcome = await sender.raw(appOf(appId), text, signature);
      return { status: outcome.status, body: outcome.body };
    },
    async pageInboxReply(pageId, reply) {
      const thread = threadOf(pageId, reply.psid);
      const appId = reply.withoutAppId ? undefined : (reply.appId ?? PAGE_INBOX_APP_ID);
      const at = context.time.stamp();
      const message = storedMessage({ mid: newMid(), from: "page", at, text: reply.text, appId });
      thread.messages.push(message);
      context.changed();
      await emitEcho(context, thread, { message, metadata: reply.metadata });
      return { mid: message.mid, at };
    },
    pageComment(pageId, comment) {
      const page = findPage(world, pageId);
      return addComment(context, page, { ...comment, psid: undefined, author: page.name });
    },
    changePost: (pageId, message) => changePost(context, findPage(world, pageId), message),
    async verifyHandshake(appId, token) {
      const { status, body, challenge } = await sender.handshake(appOf(appId), token);
      return { ok: status === 200 && body === challenge, status, body };
    },
    hold: () => context.webhooks.hold(),
    release: (options) => context.webhooks.release(options),
    timeTravel(ms) {
      context.time.travel(ms);
      context.changed();
    },
    timeBack() {
      context.time.back();
      context.changed();
    },
    revokeToken: (pageId) =>
      tokens(pageId, (grant) => {
        grant.revoked = true;
      }),
    restoreToken: (pageId, token) =>
      tokens(pageId, (grant) => {
        grant.revoked = false;
        grant.token = token ?? grant.token;
      }),
    subscription(appId, pageId) {
      const grant = findPage(world, pageId).grants.find((one) => one.app.appId === appId);
      return {
        subscribed: grant?.fields !== undefined && !grant.disabled,
        disabled: grant?.disabled ?? false,
        failing: grant?.failingSince !== undefined,
        fields: [...(grant?.fields ?? [])],
      };
    },
    settle: () => context.gauge.idle(),
  };
}
