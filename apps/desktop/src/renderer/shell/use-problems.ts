import { useEffect } from "react";
import { useClient } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { errorText } from "../panels/words.ts";
import { toast } from "../ui/toast.tsx";

/** Refusals that no panel shows by itself. The same one again does not pile up. */
export function useProblems(): void {
  const t = useT();
  const client = useClient();
  useEffect(
    () =>
      client.onProblem(({ code }) => toast(errorText(code, t), { tone: "error", key: `problem ${code}` })),
    [client, t],
  );
}
