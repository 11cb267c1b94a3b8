import type { Clock } from "@tongdai/shared";
import type { Flow } from "../flow.ts";

/** One place where a user can be reached. */
export interface Binding {
  readonly user: string;
  /** The log-in whose credentials it was registered with. */
  readonly session: string;
  /** The Contact's URI: what goes into the Request-URI. Requests go by `flow`, whatever host it names. */
  readonly uri: string;
  readonly flow: Flow;
  /** `+sip.instance`: the device, whatever address it has today (RFC 5626). */
  readonly instance: string | undefined;
  readonly callId: string;
  readonly cseq: number;
  /** Milliseconds on the monotonic clock. */
  readonly expiresAt: number;
}

export type BindingChange =
  | { readonly kind: "added"; readonly binding: Binding }
  /** The same device came by another road: its calls go there now. */
  | { readonly kind: "moved"; readonly binding: Binding; readonly from: Flow }
  | { readonly kind: "gone"; readonly binding: Binding; readonly why: "removed" | "expired" | "road lost" };

/** The table of who is where. Time runs bindings out by the clock; nothing is polled. */
export function createBindings(clock: Clock, changed: (change: BindingChange) => void) {
  const byUser = new Map<string, Binding[]>();
  const timers = new Map<Binding, () => void>();

  const of = (user: string): readonly Binding[] => byUser.get(user) ?? [];

  function put(binding: Binding): void {
    const old = of(binding.user).find((other) => sameDevice(other, binding));
    if (old) forget(old);
    byUser.set(binding.user, [...of(binding.user), binding]);
    const left = Math.max(0, binding.expiresAt - clock.elapsed());
    timers.set(
      binding,
      clock.after(left, () => remove(binding, "expired")),
    );
    if (!old) changed({ kind: "added", binding });
    else if (old.flow.id !== binding.flow.id) changed({ kind: "moved", binding, from: old.flow });
  }

  function remove(binding: Binding, why: "removed" | "expired" | "road lost"): void {
    if (!of(binding.user).includes(binding)) return;
    forget(binding);
    changed({ kind: "gone", binding, why });
  }

  function forget(binding: Binding): void {
    timers.get(binding)?.();
    timers.delete(binding);
    const rest = of(binding.user).filter((other) => other !== binding);
    if (rest.length > 0) byUser.set(binding.user, rest);
    else byUser.delete(binding.user);
  }

  return {
    of,
    put,
    remove,
    /** A connection is gone: nobody can be reached by it any more. */
    lost(flow: Flow): void {
      for (const binding of timers.keys()) if (binding.flow.id === flow.id) remove(binding, "road lost");
    },
    /** A log-in has ended. */
    revoke(session: string): void {
      for (const binding of timers.keys())
        if (binding.session === session) {
          remove(binding, "removed");
          binding.flow.close();
        }
    },
    get size() {
      return timers.size;
    },
  };
}

export const sameDevice = (a: Binding, b: Binding): boolean =>
  a.uri === b.uri || (a.instance !== undefined && a.instance === b.instance);

export type Bindings = ReturnType<typeof createBindings>;
