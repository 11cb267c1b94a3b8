import { type ChannelId, type PriorityRule, points, type WaitingItem } from "@tongdai/shared";
import { type T, useT } from "../../i18n/index.ts";
import { lengthText } from "../../ui/time.tsx";

interface Sample {
  readonly name: string;
  readonly waitedMs: number;
  readonly channel: ChannelId;
  readonly tag: string | null;
  readonly closesInMs: number | null;
}

const minute = 60_000;

interface PriorityExampleProps {
  /** `null`: what is typed is no rule yet. */
  readonly rule: PriorityRule | null;
}

/** Three customers who wait, in the order in which these points would have them served. */
export function PriorityExample({ rule }: PriorityExampleProps) {
  const t = useT();
  const served = rule === null ? [] : inOrder(rule);
  const [first, second, third] = served.map(({ sample }) => sample.name);
  return (
    <section aria-label={t("rules.example.title")} className="rounded-ui border border-line bg-canvas p-3">
      <h3 className="mb-1 text-small font-medium text-ink-3">{t("rules.example.title")}</h3>
      {first === undefined || second === undefined || third === undefined ? (
        <p className="text-ink-2">{t("rules.example.unclear")}</p>
      ) : (
        <>
          <p aria-live="polite" className="mb-1 font-medium">
            {t("rules.example.said", { first, second, third })}
          </p>
          <ol className="flex flex-col gap-0.5">
            {served.map(({ sample, score }) => (
              <li key={sample.name} className="flex gap-3 text-ink-2">
                <span className="min-w-0 flex-1 truncate">
                  {t("rules.example.line", { name: sample.name, what: sampleText(sample, t) })}
                </span>
                <span className="tabular shrink-0">{t("rules.example.points", { count: score })}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function sampleText({ tag, closesInMs, channel, waitedMs }: Sample, t: T): string {
  const common = { channel: t(`common.channel.${channel}`), time: lengthText(waitedMs, t) };
  if (tag !== null) return t("rules.example.tagged", { tag, ...common });
  if (closesInMs !== null) return t("rules.example.closing", { left: lengthText(closesInMs, t), ...common });
  return t("rules.example.plain", common);
}

function inOrder(rule: PriorityRule): { readonly sample: Sample; readonly score: number }[] {
  return samplesFor(rule)
    .map((sample) => ({ sample, score: Math.round(points(itemOf(sample), rule, now) * 10) / 10 }))
    .sort((a, b) => b.score - a.score || b.sample.waitedMs - a.sample.waitedMs);
}

/** One who waits longest, one with the tag that counts most, one whose time to be answered runs out. */
function samplesFor({ byTag, byWindow }: PriorityRule): readonly Sample[] {
  const tag = Object.entries(byTag).sort((a, b) => b[1] - a[1])[0]?.[0] ?? "VIP";
  const nearest = Math.min(...byWindow.map((w) => w.withinMs), 120 * minute);
  return [
    { name: "An", waitedMs: 12 * minute, channel: "facebook", tag: null, closesInMs: null },
    { name: "Bình", waitedMs: 2 * minute, channel: "facebook", tag, closesInMs: null },
    { name: "Chi", waitedMs: 5 * minute, channel: "facebook", tag: null, closesInMs: nearest / 2 },
  ];
}

/** Any moment will do: only what has passed since then counts. */
const now = 1_000 * minute;

const itemOf = ({ waitedMs, channel, tag, closesInMs }: Sample): WaitingItem => ({
  interactionId: "",
  queueId: "",
  channel,
  kind: "chat",
  waitingSince: now - waitedMs,
  boost: 0,
  tags: tag === null ? [] : [tag],
  windowClosesAt: closesInMs === null ? null : now + closesInMs,
  lastAgentId: null,
  customerOwnerId: null,
  transferredTo: null,
  declinedBy: [],
});
