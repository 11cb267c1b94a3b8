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
  const asking = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a reason to look again
  useEffect(() => {
    // The answer itself moves the version: one question at a time, and a look afterwards whether it moved on.
    if (!isLive || asking.current || (isHere && known.current === `${epoch} ${version}`)) return;
    asking.current = true;
    getTicket(client, id)
      .then(() => {
        const fetched = selectTicket(client.store.getState(), id)?.version ?? 0;
        known.current = `${epoch} ${fetched}`;
        asking.current = false;
        setFailure(null);
        setTurn((n) => n + 1);
      })
      .catch((cause: unknown) => {
        asking.current = false;
        setFailure(cause);
      });
  }, [client, id, isLive, isHere, epoch, version, turn]);
  const retry = useCallback(() => {
    setFailure(null);
    setTurn((n) => n + 1);
  }, []);
  return { failure, retry };
}
