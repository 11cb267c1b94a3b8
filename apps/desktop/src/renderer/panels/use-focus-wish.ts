import { useEffect, useEffectEvent } from "react";
import { answerFocus } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import type { FocusTarget } from "../state/model.ts";

/** Answers a wish for the focus once, as soon as what is wished for is there. */
export function useFocusWish(target: FocusTarget, answer: () => void, isThere = true): void {
  const client = useClient();
  const isWished = useSelect((s) => s.ui.focus.target === target);
  const answerNow = useEffectEvent(answer);
  useEffect(() => {
    if (!isWished || !isThere) return;
    answerFocus(client);
    answerNow();
  }, [client, isWished, isThere]);
}
