import * as z from "zod";

/**
 * Everything that crosses between the window and the main process. Requests are tuples, so an extra
 * argument is refused like a wrong one.
 */
const nothing = z.tuple([]);
const done = z.undefined();
const url = z.string().min(1).max(2048);

export const calls = {
  info: {
    request: nothing,
    response: z.strictObject({
      platform: z.string(),
      version: z.string(),
      /** `memory`: this machine has no keyring, so a session token is forgotten when the program ends. */
      tokenProtection: z.enum(["keyring", "memory"]),
    }),
  },
  getSettings: {
    request: nothing,
    response: z.strictObject({
      gatewayUrl: z.string(),
      /** `managed`: set by whoever installed the machine; setGatewayUrl is refused. */
      source: z.enum(["default", "saved", "managed"]),
    }),
  },
  /** Asks the person in a native dialog, forgets the session token, and takes effect when the page reloads. */
  setGatewayUrl: {
    request: z.tuple([url]),
    response: z.discriminatedUnion("ok", [
      z.strictObject({ ok: z.literal(true), gatewayUrl: z.string() }),
      z.strictObject({ ok: z.literal(false), reason: z.enum(["invalid", "managed", "declined"]) }),
    ]),
  },
  /** Null when there is none, or when it was issued by another gateway than the present one. */
  getToken: { request: nothing, response: z.string().nullable() },
  setToken: {
    request: z.tuple([z.string().min(1).max(4096)]),
    response: z.strictObject({ persisted: z.boolean() }),
  },
  clearToken: { request: nothing, response: done },
  /** Not shown while the window is in front; a click focuses it and fires `openConversation`. */
  notify: {
    request: z.tuple([
      z.strictObject({
        title: z.string().min(1).max(200),
        body: z.string().max(1000),
        conversationId: z.uuid().optional(),
      }),
    ]),
    response: z.strictObject({ shown: z.boolean() }),
  },
  setBadge: { request: z.tuple([z.int().min(0).max(999_999)]), response: done },
  flashFrame: { request: z.tuple([z.boolean()]), response: done },
  openExternal: { request: z.tuple([url]), response: z.strictObject({ opened: z.boolean() }) },
  /** A `blob:` of this page or an address of the gateway; the person chooses the place. */
  download: {
    request: z.tuple([z.strictObject({ url, name: z.string().min(1).max(255) })]),
    response: z.strictObject({ started: z.boolean() }),
  },
} as const satisfies Record<string, { request: z.ZodType<unknown[]>; response: z.ZodType }>;

export const events = {
  openConversation: z.uuid(),
  /** Whose number is this? E.164 with `+`, or digits as dialled. */
  findNumber: z.string().regex(/^\+?\d{2,20}$/),
  power: z.enum(["suspend", "resume", "lock", "unlock"]),
} as const satisfies Record<string, z.ZodType>;

export type CallName = keyof typeof calls;
export type CallArgs<K extends CallName> = z.output<(typeof calls)[K]["request"]>;
export type CallResult<K extends CallName> = z.output<(typeof calls)[K]["response"]>;
export type EventName = keyof typeof events;
export type EventPayload<K extends EventName> = z.output<(typeof events)[K]>;

type Calls = { readonly [K in CallName]: (...args: CallArgs<K>) => Promise<CallResult<K>> };
type Subscriptions = {
  /** Returns its undo. What happened before the first listener is delivered to it. */
  readonly [K in EventName as `on${Capitalize<K>}`]: (
    listener: (payload: EventPayload<K>) => void,
  ) => () => void;
};

/** `window.desktop` in the packaged client; absent in a browser. */
export type DesktopBridge = Calls & Subscriptions;

export const callChannel = (name: CallName): string => `tongdai:call:${name}`;
export const eventChannel = (name: EventName): string => `tongdai:event:${name}`;
