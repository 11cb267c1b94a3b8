import { loadTimeline } from "../../actions/load-timeline.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { useTicking } from "../../ui/ticker.ts";
import { relativeText } from "../../ui/time.tsx";

const most = 3;

/** What was said last with who calls, on whatever channel: to be read before saying hello. Nothing while there is nothing. */
export function Lately({ customerId }: { readonly customerId: string }) {
  const t = useT();
  useLoaded(customerId, loadTimeline);
  const entries = useSelect((s) => s.customers.timelines[customerId]?.entries);
  const said = entries?.filter(({ name, summary }) => name === "message.created" && summary !== "") ?? [];
  if (said.length === 0) return null;
  return (
    <section aria-label={t("offer.lately")} className="mt-3">
      <h3 className="text-small text-ink-3">{t("offer.lately")}</h3>
      <ol className="mt-1 flex flex-col gap-1">
        {said.slice(0, most).map((entry) => (
          <li key={entry.seq} className="flex items-start gap-2 text-body text-ink-2">
            {entry.channel && <ChannelIcon channel={entry.channel} size={14} />}
            <span className="line-clamp-2 min-w-0 flex-1">{neutralise(entry.summary)}</span>
            <Ago at={entry.at} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Ago({ at }: { readonly at: number }) {
  const t = useT();
  const text = useTicking((now) => relativeText(at, now, t));
  return (
    <time dateTime={new Date(at).toISOString()} className="shrink-0 text-small text-ink-3">
      {text}
    </time>
  );
}
