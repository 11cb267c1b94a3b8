import { CircleAlert } from "lucide-react";
import { hangUp, holdCall, muteCall } from "../../actions/call.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { isOffered, selectCurrentTalk } from "../../state/calls.ts";
import type { State } from "../../state/model.ts";
import type { Talk } from "../../state/talk.ts";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { Ringing } from "./ringing.tsx";
import { TalkRow } from "./talk-row.tsx";
import { useEndings } from "./use-endings.ts";

/** Over the work, wherever one looks: whom one has on the phone, and what can be done about it. */
export default function CallBar() {
  const t = useT();
  const { talks, trouble, phone, readiness } = useSelect((s) => s.calls);
  const offers = useSelect((s) => s.offers);
  const current = useSelect(selectCurrentTalk);
  useEndings();
  const troubles = [
    trouble && t(`call.trouble.${trouble}`),
    phone === "lost" && t("call.phoneLost"),
    phone === "refused" && t("call.phoneRefused"),
    phone === "ready" && readiness?.microphone === "denied" && t("call.noMicrophone.denied"),
    phone === "ready" && readiness?.microphone === "missing" && t("call.noMicrophone.missing"),
  ].filter((text) => typeof text === "string");
  const shown = shownTalks(talks, offers, current);
  if (shown.length === 0 && troubles.length === 0) return null;
  return (
    <section aria-label={t("call.label")} className="shrink-0 border-b border-line bg-raised">
      {shown.map((talk) =>
        talk.phase === "ringing" ? (
          <Ringing key={talk.id} talk={talk} />
        ) : (
          <TalkRow key={talk.id} talk={talk} isCurrent={talk.id === current?.id} />
        ),
      )}
      {current && <Keys talk={current} />}
      <div role="status">
        {troubles.map((text) => (
          <p key={text} className="flex items-center gap-2 px-4 py-1.5 text-small text-amber-ink">
            <CircleAlert size={14} aria-hidden className="shrink-0" />
            {text}
          </p>
        ))}
      </div>
    </section>
  );
}

/** Whom one speaks with stands first. What its offer's card shows is answered there. */
function shownTalks(talks: readonly Talk[], offers: State["offers"], current: Talk | null): readonly Talk[] {
  const others = talks.filter((talk) => talk.id !== current?.id && !isOffered(offers, talk));
  return current ? [current, ...others] : others;
}

/** The keys act on the talk that one speaks in. */
function Keys({ talk }: { readonly talk: Talk }) {
  const run = useRun();
  useShortcuts(
    {
      "call.mute": () => run((client) => muteCall(client, talk)),
      "call.hold": () => run((client) => holdCall(client, talk)),
    },
    talk.phase === "talking",
  );
  useShortcuts({ "call.hangUp": () => run((client) => hangUp(client, talk.id)) });
  return null;
}
