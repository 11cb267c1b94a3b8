import { SignalHigh, SignalMedium, TriangleAlert } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { Tooltip } from "../../ui/tooltip.tsx";

/** From here on the E-model's users are satisfied, and dissatisfied (ITU-T G.107, annex B). */
const goodFrom = 4;
const fairFrom = 3.1;

const looks = {
  good: { icon: SignalHigh, className: "text-ink-3" },
  fair: { icon: SignalMedium, className: "text-amber-ink" },
  poor: { icon: TriangleAlert, className: "text-red-ink" },
} as const;

/** How the line sounds. Said in words when it is not good; the numbers are for whoever asks. */
export function Quality({ talkId }: { readonly talkId: string }) {
  const t = useT();
  const quality = useSelect((s) => s.calls.quality[talkId]);
  if (!quality) return null;
  const level = quality.score >= goodFrom ? "good" : quality.score >= fairFrom ? "fair" : "poor";
  const { icon: Icon, className } = looks[level];
  const word = t(`call.quality.${level}`);
  const delay = Math.round((quality.roundTripMs ?? 0) / 2 + quality.jitterMs);
  const detail = t("call.quality.detail", { word, delay, loss: Math.round(quality.loss * 100) });
  return (
    <Tooltip label={detail}>
      <button
        type="button"
        aria-label={detail}
        className={cn("flex items-center gap-1 rounded-tight text-small", className)}
      >
        <Icon size={16} aria-hidden />
        {level !== "good" && word}
      </button>
    </Tooltip>
  );
}
