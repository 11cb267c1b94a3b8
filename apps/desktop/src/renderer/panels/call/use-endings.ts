import { useEffect, useRef } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { Talk, TalkEnd } from "../../state/talk.ts";
import { toast } from "../../ui/toast.tsx";
import { useName } from "./use-name.ts";

const good: readonly TalkEnd[] = ["transferred"];

const nobody: Pick<Talk, "id" | "interactionId" | "peer"> = { id: "", interactionId: null, peer: "" };

/** Says why a call did not come about, or broke. */
export function useEndings(): void {
  const t = useT();
  const ended = useSelect((s) => s.calls.ended);
  const { name } = useName((ended ?? nobody) as Talk);
  // What ended before this was on the screen is old news.
  const told = useRef(ended?.id ?? null);
  useEffect(() => {
    if (!ended || told.current === ended.id) return;
    told.current = ended.id;
    const { cause, direction } = ended;
    // Who declines or misses a call knows it, or hears it from the gateway.
    const isOwnAnswer = direction === "in" && (cause === "declined" || cause === "no_answer");
    if (cause === null || isOwnAnswer || cause === "hung_up" || cause === "peer_hung_up") return;
    toast(t(`call.ended.${cause}`, { name }), { tone: good.includes(cause) ? "success" : "warning" });
  }, [ended, name, t]);
}
