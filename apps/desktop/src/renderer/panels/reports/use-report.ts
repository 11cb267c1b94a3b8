import type { CommandOutput } from "@tongdai/shared";
import { useCallback } from "react";
import { askReport } from "../../actions/ask-report.ts";
import type { Client } from "../../actions/client.ts";
import { type Fetched, useFetched } from "../../actions/use-fetched.ts";
import type { Asked } from "./choice.ts";

/** An answer beside what it answers: it stands until the next one is here. */
export interface Told {
  readonly question: Asked;
  readonly answer: CommandOutput<"report.query">;
}

export function useReport(question: Asked): Fetched<Told> {
  const key = JSON.stringify(question);
  const fetch = useCallback(
    async (client: Client): Promise<Told> => {
      const asked = JSON.parse(key) as Asked;
      return { question: asked, answer: await askReport(client, asked) };
    },
    [key],
  );
  return useFetched(fetch);
}
