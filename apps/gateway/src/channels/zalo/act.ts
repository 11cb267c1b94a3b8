import { AppError } from "@tongdai/shared";
import type { OutgoingAction } from "../channel.ts";
import type { Api } from "./api.ts";
import { refusal } from "./errors.ts";
import { codeOf } from "./reactions.ts";
import { recipientOf } from "./visitor.ts";

/**
 * A reaction; typing and seen do not exist here. Source: Zalo for Developers, "Reaction message".
 * @throws AppError `invalid_input`, `channel_paused`, `channel_refused`, or `unavailable` for trouble that may pass
 */
export async function performAction(api: Api, action: OutgoingAction, signal: AbortSignal): Promise<void> {
  if (action.kind !== "reaction") throw new AppError("invalid_input", `Zalo has no ${action.kind}`);
  const react_icon = action.emoji === null ? "/-remove" : codeOf(action.emoji);
  if (react_icon === null)
    throw new AppError("invalid_input", "Zalo does not take this reaction", { field: "emoji" });
  const body = {
    recipient: recipientOf(action.to),
    sender_action: { react_icon, react_message_id: action.targetExternalId },
  };
  const answer = await api({ method: "POST", path: "/v2.0/oa/message", body }, signal);
  if (answer.kind !== "ok") throw refusal(answer);
}
