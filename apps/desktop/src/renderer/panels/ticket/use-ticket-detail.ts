import { useCallback, useEffect, useRef, useState } from "react";
import { getTicket } from "../../actions/get-ticket.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import type { Loaded } from "../../actions/use-loaded.ts";
import { selectTicket } from "../../state/selectors.ts";

/**
 * Comments and history of a ticket. The journal tells of each change of a ticket but not of its history, so that is
 * fetched again whenever the version has moved.
 */
export function useTicketDetail(id: string): Loaded {
  const client = useClient();
  const epoch = useSelect((s) => s.connection.epoch);
  const isLive = useSelect((s) => s.connection.status === "live");
  const version = useSelect((s) => selectTicket(s, id)?.version ?? 0);
  const isHere = useSelect((s) => s.tickets.details[id] !== undefined);
  const [failure, setFailure] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const known = useRef("");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a reason to load again
  useEffect(() => {
    const wanted = `${epoch} ${version}`;
    if (!isLive || (isHere && known.current === wanted)) return;
    let gone = false;
    getTicket(client, id).then(
      () => {
        if (gone) return;
        const fetched = selectTicket(client.store.getState(), id)?.version ?? 0;
        known.current = `${epoch} ${fetched}`;
        setFailure(null);
      },
      (cause: unknown) => !gone && setFailure(cause),
    );
    return () => {
      gone = true;
    };
  }, [client, id, isLive, isHere, epoch, version, turn]);
  const retry = useCallback(() => {
    setFailure(null);
    setTurn((n) => n + 1);
  }, []);
  return { failure, retry };
}
