import { asObject, asText, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import type { Thread } from "../core/world.ts";
import { fromCustomer } from "../webhook/items.ts";
import type { GraphCall, GraphReply, PageCaller } from "./call.ts";
import { errors, invalid } from "./errors.ts";

export const THREAD_EDGES: ReadonlySet<string> = new Set([
  "pass_thread_control",
  "take_thread_control",
  "release_thread_control",
  "request_thread_control",
  "extend_thread_control",
]);

/** Conversation routing: one app owns the thread, the others listen on standby. */
export function threadControl(sim: Sim, call: GraphCall, { page, grant }: PageCaller): GraphReply {
  const edge = call.path[1] ?? "";
  const thread = page.threads.get(asText(asObject(call.values["recipient"])["id"]) ?? "");
  if (!thread) throw errors.noUser();
  const own = grant.app.appId;
  const metadata = asText(call.values["metadata"]) ?? "";
  const previous = thread.ownerAppId ?? null;
  if (edge !== "take_thread_control" && edge !== "request_thread_control" && previous !== own) {
    throw errors.otherAppControls();
  }
  if (edge === "request_thread_control") {
    emit(sim, thread, { [edge]: { requested_owner_app_id: own, metadata } });
  } else if (edge !== "extend_thread_control") {
    const next = nextOwner(edge, call, { own, fallback: page.grants[0]?.app.appId ?? own });
    thread.ownerAppId = next;
    const kind = edge === "take_thread_control" ? edge : "pass_thread_control";
    emit(sim, thread, { [kind]: { previous_owner_app_id: previous, new_owner_app_id: next, metadata } });
  }
  return { json: { success: true } };
}

function nextOwner(edge: string, call: GraphCall, app: { own: string; fallback: string }): string {
  if (edge === "take_thread_control") return app.own;
  if (edge === "release_thread_control") return app.fallback;
  const target = asText(call.values["target_app_id"]);
  if (!target) throw invalid("The parameter target_app_id is required");
  return target;
}

function emit(sim: Sim, thread: Thread, event: JsonObject): void {
  sim.changed();
  void sim.webhooks.emit({
    pageId: thread.pageId,
    field: "messaging_handovers",
    container: "messaging",
    item: { ...fromCustomer(thread, sim.time.stamp()), ...event },
  });
}
