import type { Hook, Provider, Sim } from "./sim.ts";

/** Brings one hook to the client, on the provider's ladder. @returns the status of the last try, 0 without an answer */
export async function bring(sim: Sim, provider: Provider, hook: Hook): Promise<number> {
  const end = sim.gauge.begin();
  try {
    return await knock(sim, provider, {
      hook: sim.faults.strike("webhook.forged") ? forged(hook) : hook,
      tried: 0,
    });
  } finally {
    end();
  }
}

async function knock(sim: Sim, provider: Provider, o: { hook: Hook; tried: number }): Promise<number> {
  const { hook, tried } = o;
  const { timeoutMs, retryMs } = provider.budget;
  const { status } = await sim.http.call({
    method: hook.method,
    url: hook.url,
    timeoutMs,
    ...(hook.headers && { headers: hook.headers }),
    ...(hook.body !== undefined && { body: Buffer.from(hook.body) }),
  });
  const pause = retryMs[tried];
  const isDone = (status >= 200 && status < 300) || pause === undefined;
  if (isDone) return status;
  if (pause === 0) return knock(sim, provider, { hook, tried: tried + 1 });
  sim.clock.setTimeout(() => void again(sim, provider, { hook, tried: tried + 1 }), pause);
  return status;
}

async function again(sim: Sim, provider: Provider, o: { hook: Hook; tried: number }): Promise<void> {
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
