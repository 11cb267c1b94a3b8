import { asObject, asText, type Json, type JsonObject } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import { findThread } from "../core/world.ts";
import type { Customer } from "../customer/handle.ts";
import type { Simulator } from "../simulator.ts";

export function customerOf(simulator: Simulator, psid: string): Customer {
  const thread = findThread(simulator.context.world, psid);
  if (!thread) throw new Error(`no customer ${psid}`);
  return simulator.customer({ pageId: thread.pageId, name: thread.name, psid });
}

/** What the customer page and scripts can ask a customer to do: POST /sim/customers/{psid}/{verb}. */
export async function actAs(
  customer: Customer,
  { verb, body }: { verb: string; body: JsonObject },
): Promise<Json | undefined> {
  const text = () => asText(body["text"]) ?? "";
  const mid = () => asText(body["mid"]) ?? "";
  const sent = ({ mid: id, at }: { mid: string; at: number }): Json => ({ mid: id, at });
  switch (verb) {
    case "text":
      return sent(await customer.text(text()));
    case "reply":
      return sent(await customer.reply(mid(), text()));
    case "quick-reply":
      return sent(await customer.quickReply(asText(body["title"]) ?? "", asText(body["payload"]) ?? ""));
    case "postback":
      return sent(await customer.postback(asText(body["title"]) ?? "", asText(body["payload"]) ?? ""));
    case "image":
      return sent(await customer.image(body["base64"] === undefined ? "sample" : uploadOf(body)));
    case "file":
      return sent(await customer.file(fileType(body), uploadOf(body)));
    case "sticker":
      return sent(await customer.sticker(asText(body["stickerId"])));
    case "react":
      return customer.react(mid(), asText(body["reaction"]) ?? "like").then(() => undefined);
    case "unreact":
      return customer.unreact(mid()).then(() => undefined);
    case "edit":
      return customer.edit(mid(), text()).then(() => undefined);
    case "referral":
      return customer
        .referral(body["value"] === undefined ? undefined : asObject(body["value"]))
        .then(() => undefined);
    case "comment":
      return { id: (await customer.comment(text(), asText(body["parentId"]))).id };
    case "read":
      return customer.read().then(() => undefined);
    default:
      simple(customer, verb);
      return undefined;
  }
}

function simple(customer: Customer, verb: string): void {
  if (verb === "block") customer.block();
  else if (verb === "unblock") customer.unblock();
  else if (verb === "offline") customer.offline();
  else if (verb === "online") customer.online();
  else throw new Error(`no verb ${verb}`);
}

function uploadOf(body: JsonObject): MediaFile {
  const bytes = Buffer.from(asText(body["base64"]) ?? "", "base64");
  if (bytes.length === 0) throw new Error("the file is empty");
  const contentType = asText(body["contentType"]) ?? "application/octet-stream";
  return { bytes, contentType, name: asText(body["name"]) ?? "tep" };
}

function fileType(body: JsonObject): "video" | "audio" | "file" {
  const kind = (asText(body["contentType"]) ?? "").split("/")[0];
  return kind === "video" || kind === "audio" ? kind : "file";
}
