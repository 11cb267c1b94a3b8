import type { CommandInput, ReplayResult } from "@tongdai/shared";
import { useEffect, useRef, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { runReplay } from "../../actions/run-replay.ts";

type State =
  | { readonly name: "idle" }
  | { readonly name: "running"; readonly part: number }
  | { readonly name: "failed"; readonly cause: unknown };

/** One run at a time; what the last one gave stands until the next is done. */
export function useReplay() {
  const client = useClient();
  const [state, setState] = useState<State>({ name: "idle" });
  const [result, setResult] = useState<ReplayResult | null>(null);
  const going = useRef<AbortController | null>(null);
  useEffect(() => () => going.current?.abort(), []);
  return {
    state,
    result,
    cancel() {
      going.current?.abort();
      setState({ name: "idle" });
    },
    async run(question: CommandInput<"replay.start">) {
      going.current?.abort();
      const abort = new AbortController();
      going.current = abort;
      const { signal } = abort;
      setState({ name: "running", part: 0 });
      try {
        const done = await runReplay(client, question, {
          signal,
          progress: (part) => !signal.aborted && setState({ name: "running", part }),
        });
        if (signal.aborted || done === null) return;
        setResult(done);
        setState({ name: "idle" });
      } catch (cause) {
        if (!signal.aborted) setState({ name: "failed", cause });
      }
    },
  };
}
