import type { Conversation, Message } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import type { DraftState } from "../../state/model.ts";
import { type PrivateObstacle, privateObstacle, privateTarget } from "../../state/private-answer.ts";
import { selectCapabilities, selectThread } from "../../state/selectors.ts";
import { useTicking } from "../../ui/ticker.ts";

const none: readonly Message[] = [];

/** Whom an answer in private would go to, and why none can; where everybody is to read it, too. */
export function usePrivateAnswer(
  conversation: Conversation,
  { replyToId }: DraftState,
): { readonly target: Message | null; readonly obstacle: PrivateObstacle | null } {
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.public);
  const messages = useSelect((s) => selectThread(s, conversation.id)?.messages) ?? none;
  const target = privateTarget(messages, replyToId);
  return { target, obstacle: useTicking((now) => privateObstacle({ rules, target, messages, now })) };
}
