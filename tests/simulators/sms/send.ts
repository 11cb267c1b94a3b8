import { bring } from "./hooks.ts";
import type { Answer, Call, Hook, HookRecord, Provider, Sim, Taken } from "./sim.ts";

/** What goes over the line: an answer, or none. */
export type Reply =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | "close";

const html = (status: number): Reply => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html><body>Bad gateway</body></html>",
});

/** One call of the client, with all that it sets off. */
export async function handle(sim: Sim, provider: Provider, call: Call): Promise<Reply> {
  const isSending = call.method === "POST" && !/balance/i.test(call.url.pathname);
  if (isSending && sim.faults.strike("send.closeBeforeSend")) return "close";
  if (isSending && sim.faults.strike("send.serverError")) return html(503);
  const answer = provider.answer(sim, call);
  if (answer.taken) return tell(sim, provider, { answer, taken: answer.taken });
  return inJson(answer);
}

async function tell(sim: Sim, provider: Provider, o: { answer: Answer; taken: Taken }): Promise<Reply> {
  const early = sim.faults.strike("report.beforeAnswer") === true;
  const reported = report(sim, provider, o.taken);
  if (early) await reported;
  const delay = sim.faults.strike("send.delay");
  if (typeof delay === "number") await new Promise<void>((resume) => sim.clock.setTimeout(resume, delay));
  if (sim.faults.strike("send.closeAfterSend")) return "close";
  if (sim.faults.strike("send.html")) return html(502);
  return inJson(o.answer);
}

/** The network brings it to the phone or not, and the client is told. */
async function report(sim: Sim, provider: Provider, taken: Taken): Promise<void> {
  const arrived = !sim.faults.strike("network.fails");
  taken.text.state = arrived ? "delivered" : "failed";
  sim.changed();
  if (sim.faults.strike("report.drop")) return;
  const hooks = provider.reports(taken, arrived);
  await bringAll(sim, provider, {
    what: "report",
    hooks: sim.faults.strike("report.reversed") ? hooks.toReversed() : hooks,
  });
}

export async function bringAll(
  sim: Sim,
  provider: Provider,
  { what, hooks }: { what: HookRecord["what"]; hooks: readonly Hook[] },
): Promise<number> {
  const copies = Number(sim.faults.strike("webhook.duplicates") ?? 1);
  let status = 0;
  for (const hook of hooks)
    status = Math.max(
      ...(await Promise.all(Array.from({ length: copies }, () => bring(sim, provider, { what, hook })))),
    );
  return status;
}

const inJson = ({ status, headers, json }: Answer): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(json),
});
