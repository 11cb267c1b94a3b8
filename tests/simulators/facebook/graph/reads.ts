import { drawAvatar } from "../../kit/drawings.ts";
import { asList, asText, type Json, type JsonObject } from "../../kit/json.ts";
import type { Sim } from "../core/context.ts";
import { ALL_FIELDS, type Page, type Thread } from "../core/world.ts";
import { STICKERS, stickerMedia } from "../media/stickers.ts";
import { appCaller, type GraphCall, type GraphReply, type PageCaller, pageCaller } from "./call.ts";
import { errors, invalid } from "./errors.ts";

const AVATARS = 5;
const avatars = new WeakMap<Sim, Map<string, string>>();

export function profile(sim: Sim, call: GraphCall, thread: Thread): GraphReply {
  if (thread.profile === "phone") throw errors.phoneAccount();
  if (thread.profile === "none") return { json: {} };
  const words = thread.name.split(" ");
  const all: JsonObject = {
    first_name: words.at(-1) ?? "",
    last_name: words.slice(0, -1).join(" "),
    name: thread.name,
    profile_pic: sim.media.url(avatarOf(sim, thread)),
    locale: "vi_VN",
    timezone: 7,
    id: thread.psid,
  };
  return { json: pick(all, fieldsOf(call, ["first_name", "last_name", "profile_pic"])) };
}

function avatarOf(sim: Sim, thread: Thread): string {
  const known = avatars.get(sim) ?? new Map<string, string>();
  avatars.set(sim, known);
  const id = known.get(thread.psid) ?? newAvatar(sim, thread);
  known.set(thread.psid, id);
  return id;
}

function newAvatar(sim: Sim, thread: Thread): string {
  const seed = Number(thread.psid.slice(-1)) % AVATARS;
  return sim.media.put({ bytes: drawAvatar(seed), contentType: "image/png", name: "avatar.png" });
}

export function pageObject(call: GraphCall, { page }: PageCaller): GraphReply {
  const all: JsonObject = {
    id: page.id,
    name: page.name,
    category: "Shopping & Retail",
    tasks: ["MESSAGING", "MODERATE"],
  };
  return { json: pick(all, fieldsOf(call, ["name"])) };
}

/** Which fields this page sends to this app; DELETE stops them, POST also revives a disabled subscription. */
export function subscribedApps(sim: Sim, call: GraphCall, { grant }: PageCaller): GraphReply {
  if (call.method === "GET") {
    const subscribed = grant.fields && !grant.disabled;
    const entry = { id: grant.app.appId, name: "Tongdai", subscribed_fields: [...(grant.fields ?? [])] };
    return { json: { data: subscribed ? [entry] : [] } };
  }
  if (call.method === "DELETE") grant.fields = undefined;
  else {
    const wanted = listOf(call.values["subscribed_fields"]);
    const unknown = wanted.find((field) => !ALL_FIELDS.includes(field));
    if (wanted.length === 0) throw invalid("The parameter subscribed_fields is required");
    if (unknown !== undefined) throw invalid(`Param subscribed_fields[0] must be one of {...}: ${unknown}`);
    grant.fields = new Set(wanted);
    grant.disabled = false;
    grant.failingSince = undefined;
    grant.cancelDisable?.();
    grant.cancelDisable = undefined;
  }
  sim.changed();
  return { json: { success: true } };
}

const GRANTED = [
  "pages_messaging",
  "pages_manage_metadata",
  "pages_show_list",
  "pages_read_engagement",
  "pages_read_user_content",
  "pages_manage_engagement",
];

export function debugToken(sim: Sim, call: GraphCall): GraphReply {
  const app = appCaller(sim.world, call);
  const input = asText(call.values["input_token"]);
  const grants = [...sim.world.pages.values()].flatMap((page) => page.grants);
  const grant = grants.find((one) => one.token === input && one.app.appId === app.appId);
  if (!grant) {
    const error = { code: 190, message: "Invalid OAuth access token." };
    return { json: { data: { is_valid: false, scopes: [], error } } };
  }
  const scopes = GRANTED.filter((scope) => scope !== sim.faults.peek("token.lacks"));
  return {
    json: {
      data: {
        app_id: app.appId,
        type: "PAGE",
        application: "Tongdai",
        expires_at: Number(sim.faults.peek("token.expires") ?? 0),
        is_valid: !grant.revoked && !sim.faults.peek("token.revoked"),
        profile_id: grant.pageId,
        scopes,
      },
    },
  };
}

export function stickerSearch(sim: Sim, call: GraphCall): GraphReply {
  if (call.token?.includes("|")) appCaller(sim.world, call);
  else pageCaller(sim, call, "me");
  const query = (asText(call.values["q"]) ?? "").toLowerCase();
  const data = STICKERS.filter(({ label, name }) => `${label} ${name}`.toLowerCase().includes(query)).map(
    ({ id, label }) => ({ id, label, preview_image: sim.media.url(stickerMedia(sim.media, id) ?? "") }),
  );
  return { json: { data } };
}

export function threadOwner(page: Page, call: GraphCall): GraphReply {
  const thread = page.threads.get(asText(call.values["recipient"]) ?? "");
  if (!thread) throw errors.noUser();
  return { json: { data: [{ thread_owner: { app_id: thread.ownerAppId } }] } };
}

function fieldsOf(call: GraphCall, standard: readonly string[]): readonly string[] {
  const wanted = listOf(call.values["fields"]);
  return ["id", ...(wanted.length > 0 ? wanted : standard)];
}

function listOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return asList(value).flatMap((one) => asText(one) ?? []);
  return (asText(value) ?? "").split(",").filter((field) => field !== "");
}

function pick(all: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(all).filter(([key]) => fields.includes(key)));
}
