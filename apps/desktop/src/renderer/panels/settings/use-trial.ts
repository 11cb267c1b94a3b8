import { useEffect, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { answerTrial, lookAtTrial, sendTrial, type TrialLook } from "../../actions/trial.ts";

/** Milliseconds between two looks: nobody who manages a channel follows its customers' messages. */
const EVERY_MS = 2_000;
const nothing: TrialLook = { heard: null, answer: null };

/** What has come of trying an account since the dialog was opened, looked at again and again until an answer has arrived. */
export function useTrial(accountId: string) {
  const client = useClient();
  const [since] = useState(() => client.now());
  const [found, setFound] = useState<TrialLook>(nothing);
  const [failure, setFailure] = useState<unknown>(null);
  const [messageId, setMessageId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const state = found.answer?.state;
  const isOver = state === "delivered" || state === "read" || state === "failed";

  useEffect(() => {
    if (isOver) return;
    let undo = () => {};
    let gone = false;
    const again = () => {
      undo = client.clock.after(EVERY_MS, look);
    };
    const look = () =>
      void lookAtTrial(client, { accountId, since, messageId })
        .then(
          (looked) => {
            if (gone) return;
            setFound(looked);
            setFailure(null);
          },
          (cause: unknown) => !gone && setFailure(cause),
        )
        .finally(() => !gone && again());
    look();
    return () => {
      gone = true;
      undo();
    };
  }, [client, accountId, since, messageId, isOver]);

  const wait = (sending: Promise<string>) => {
    setBusy(true);
    sending.then(setMessageId, client.report).finally(() => setBusy(false));
  };
  const command = () => ({ clientId: crypto.randomUUID(), accountId });
  const answer = (text: string) => {
    if (!found.heard) return;
    const { conversationId } = found.heard;
    wait(answerTrial(client, { ...command(), conversationId, text }));
  };
  const send = (address: string, text: string) => wait(sendTrial(client, { ...command(), address, text }));
  const isSent = messageId !== null;
  return { heard: found.heard, became: found.answer, failure, isSent, busy, answer, send };
}
