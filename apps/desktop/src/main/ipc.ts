import { type IpcMainInvokeEvent, ipcMain, type WebContents } from "electron";
import type * as z from "zod";
import {
  type CallArgs,
  type CallName,
  type CallResult,
  callChannel,
  calls,
  type EventName,
  type EventPayload,
  eventChannel,
  events,
} from "../ipc-contract.ts";
import { warn } from "./log.ts";
import { originOf } from "./origin.ts";

export type Handlers = {
  readonly [K in CallName]: (...args: CallArgs<K>) => CallResult<K> | Promise<CallResult<K>>;
};

interface Shape<K extends CallName> {
  request: z.ZodType<CallArgs<K>>;
  response: z.ZodType<CallResult<K>>;
}
const shapes: { readonly [K in CallName]: Shape<K> } = calls;

/** Every handler there is, each behind the same two questions: who asks, and is the question well formed. */
export function registerHandlers(handlers: Handlers, ownOrigin: string): void {
  for (const name of Object.keys(calls) as CallName[]) register(name, handlers[name], ownOrigin);
}

function register<K extends CallName>(name: K, handler: Handlers[K], ownOrigin: string): void {
  const shape: Shape<K> = shapes[name];
  ipcMain.handle(callChannel(name), async (event, ...raw: unknown[]) => {
    if (!isOwnPage(event, ownOrigin)) return reject(name, "foreign sender");
    const args = shape.request.safeParse(raw);
    if (!args.success) return reject(name, "malformed arguments");
    try {
      return shape.response.parse(await handler(...args.data));
    } catch (error) {
      warn(`${name} failed`, error);
      throw new Error(`${name}: failed`);
    }
  });
}

/** The top frame only: a frame inside our page may show a customer's mail. */
function isOwnPage({ senderFrame }: IpcMainInvokeEvent, ownOrigin: string): boolean {
  return senderFrame !== null && senderFrame.parent === null && originOf(senderFrame.url) === ownOrigin;
}

function reject(name: CallName, why: string): never {
  warn(`${name} refused`, why);
  throw new Error(`${name}: ${why}`);
}

export function emit<K extends EventName>(contents: WebContents, name: K, payload: EventPayload<K>): void {
  contents.send(eventChannel(name), events[name].parse(payload));
}
