import type { CommandOutput } from "@tongdai/shared";
import { useCallback, useEffect } from "react";
import { askReport } from "../../actions/ask-report.ts";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";
import { type Fetched, useFetched } from "../../actions/use-fetched.ts";
import type { Asked } from "./choice.ts";

/** An answer beside what it answers: it stands until the next one is here. */
export interface Told {
  readonly question: Asked;
  readonly answer: CommandOutput<"report.query">;
}

/** A day that goes on is counted anew so often. */
const refreshMs = 30_000;

/** @param isLive the days asked for are not over yet */
export function useReport(question: Asked, isLive: boolean): Fetched<Told> {
  const client = useClient();
  const key = JSON.stringify(question);
  const fetch = useCallback(
    async (client: Client): Promise<Told> => {
      const asked = JSON.parse(key) as Asked;
      return { question: asked, answer: await askReport(client, asked) };
    },
    [key],
  );
  const fetched = useFetched(fetch);
  const { value, reload } = fetched;
  useEffect(
    () => (isLive && value !== null ? client.clock.after(refreshMs, reload) : undefined),
    [client, isLive, value, reload],
  );
  return fetched;
}
