import type { IpcRenderer } from "electron";
import {
  type CallName,
  callChannel,
  calls,
  type DesktopBridge,
  type EventName,
  eventChannel,
  events,
} from "../ipc-contract.ts";

type Ipc = Pick<IpcRenderer, "invoke" | "on">;
type Listener = (payload: unknown) => void;

/** A link that a person followed minutes ago must not take them away when the page comes back. */
const KEEP_MS = 30_000;

/** One function for each call and each event of the contract; the types come from the same map. */
export function createBridge(ipc: Ipc): DesktopBridge {
  const entries = [
    ...(Object.keys(calls) as CallName[]).map((name) => [
      name,
      (...args: unknown[]) => ipc.invoke(callChannel(name), ...args),
    ]),
    ...(Object.keys(events) as EventName[]).map((name) => [subscriberOf(name), subscription(ipc, name)]),
  ];
  return Object.fromEntries(entries) as DesktopBridge;
}

const subscriberOf = (name: EventName): string => `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The page subscribes later than the first event may come: the last one is kept for it, for a while. */
function subscription(ipc: Ipc, name: EventName): (listener: Listener) => () => void {
  const listeners = new Set<Listener>();
  let kept: { payload: unknown; at: number } | undefined;
  ipc.on(eventChannel(name), (_event, payload: unknown) => {
    if (listeners.size === 0) kept = { payload, at: Date.now() };
    for (const listener of listeners) listener(payload);
  });
  return (listener) => {
    listeners.add(listener);
    if (kept && Date.now() - kept.at < KEEP_MS) listener(kept.payload);
    kept = undefined;
    return () => void listeners.delete(listener);
  };
}
