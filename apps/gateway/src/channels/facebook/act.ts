import { AppError } from "@tongdai/shared";
import type { OutgoingAction } from "../channel.ts";
import { refusal } from "./errors.ts";
import type { Graph } from "./graph.ts";
import { canonicalEmoji } from "./reactions.ts";

type SenderAction = Exclude<OutgoingAction, { kind: "moderate" }>;

function actionBody(action: SenderAction): Record<string, unknown> {
  switch (action.kind) {
    case "typing":
      return { sender_action: action.on ? "typing_on" : "typing_off" };
    case "seen":
      return { sender_action: "mark_seen" };
    case "reaction": {
      const message_id = action.targetExternalId;
      if (action.emoji === null) return { sender_action: "unreact", payload: { message_id } };
      if (action.emoji === "")
        throw new AppError("invalid_input", "a reaction needs an emoji", { field: "emoji" });
      return { sender_action: "react", payload: { message_id, reaction: canonicalEmoji(action.emoji) } };
    }
  }
}

/**
 * One sender action, which Meta wants in a request of its own. Source: Meta, "Sender actions".
 * @throws AppError `channel_paused`, `channel_refused`, or `unavailable` for trouble that may pass
 */
export async function performAction(
  { graph, pageId }: { readonly graph: Graph; readonly pageId: string },
  action: SenderAction,
  signal: AbortSignal,
): Promise<void> {
  const body = { recipient: { id: action.to }, ...actionBody(action) };
  const answer = await graph({ method: "POST", path: `${pageId}/messages`, body }, signal);
  if (answer.kind !== "ok") throw refusal(answer);
}
