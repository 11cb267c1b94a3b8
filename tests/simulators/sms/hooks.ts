import type { Hook, HookRecord, Provider, Sim } from "./sim.ts";

const LOG_KEPT = 200;

/** Brings one hook to the client, on the provider's ladder. @returns the status of the last try, 0 without an answer */
export async function bring(
  sim: Sim,
  provider: Provider,
  { what, hook }: { what: HookRecord["what"]; hook: Hook },
): Promise<number> {
  const record: HookRecord = { id: (sim.log.at(-1)?.id ?? 0) + 1, what, state: "sending", status: 0 };
  sim.log.push(record);
  if (sim.log.length > LOG_KEPT) sim.log.shift();
  const end = sim.gauge.begin();
  try {
    return await knock(sim, provider, {
      hook: sim.faults.strike("webhook.forged") ? forged(hook) : hook,
      tried: 0,
      record,
    });
  } finally {
    end();
  }
}

interface Knock {
  readonly hook: Hook;
  readonly tried: number;
  readonly record: HookRecord;
}

async function knock(sim: Sim, provider: Provider, o: Knock): Promise<number> {
  const { hook, tried, record } = o;
  const { timeoutMs, retryMs } = provider.budget;
  const { status } = await sim.http.call({
    method: hook.method,
    url: hook.url,
    timeoutMs,
    ...(hook.headers && { headers: hook.headers }),
    ...(hook.body !== undefined && { body: Buffer.from(hook.body) }),
  });
  const pause = retryMs[tried];
  const isTaken = status >= 200 && status < 300;
  Object.assign(record, { status, state: isTaken ? "delivered" : pause === undefined ? "lost" : "waiting" });
  sim.changed();
  if (isTaken || pause === undefined) return status;
  const next = { hook, tried: tried + 1, record };
  if (pause === 0) return knock(sim, provider, next);
  sim.clock.setTimeout(() => void again(sim, provider, next), pause);
  return status;
}

async function again(sim: Sim, provider: Provider, o: Knock): Promise<void> {
  const end = sim.gauge.begin();
  await knock(sim, provider, o).finally(end);
}

/** By somebody who knows the address's shape and no secret. */
function forged(hook: Hook): Hook {
  const url = new URL(hook.url);
  const isSigned = hook.headers?.["x-twilio-signature"] !== undefined;
  if (!isSigned) url.pathname = url.pathname.replace(/[^/]+$/, "a-guessed-path-of-24-sign");
  return {
    ...hook,
    url,
    headers: { ...hook.headers, ...(isSigned && { "x-twilio-signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }) },
  };
}
