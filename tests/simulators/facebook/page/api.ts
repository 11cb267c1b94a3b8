import { refusal } from "./i18n.ts";
import type { Overview } from "./types.ts";

export type Body = Record<string, unknown>;

/** The one place that trusts the simulator's answers: they come from the same release. */
async function call<T>(method: string, path: string, body?: Body): Promise<T> {
  const response = await fetch(`/sim/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(refusal(answer.code) ?? answer.error);
  return answer;
}

export const overview = () => call<Overview>("GET", "state");

export const openThread = (pageId: string, person: { name: string; psid?: string | undefined }) =>
  call<{ psid: string }>("POST", "customers", { pageId, ...person });

export const control = (path: string, body: Body = {}) => call<unknown>("POST", path, body);

export const clearFaults = (name = "") => call<unknown>("DELETE", `faults/${name}`);
