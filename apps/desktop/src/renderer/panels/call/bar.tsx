import { CircleAlert } from "lucide-react";
import { hangUp, holdCall, muteCall } from "../../actions/call.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { isOffered, selectCurrentTalk } from "../../state/calls.ts";
import type { Talk } from "../../state/talk.ts";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { Ringing } from "./ringing.tsx";
import { TalkRow } from "./talk-row.tsx";
import { useEndings } from "./use-endings.ts";

/** Over the work, wherever one looks: whom one has on the phone, and what can be done about it. */
export default function CallBar() {
  const t = useT();
  const { talks, trouble, phone } = useSelect((s) => s.calls);
  const current = useSelect(selectCurrentTalk);
  useEndings();
  const troubles = [
    trouble && t(`call.trouble.${trouble}`),
    phone === "lost" && t("call.phoneLost"),
    phone === "refused" && t("call.phoneRefused"),
  ].filter((text) => typeof text === "string");
  if (talks.length === 0 && troubles.length === 0) return null;
  return (
    <section aria-label={t("call.label")} className="shrink-0 border-b border-line bg-raised">
      {talks.map((talk) =>
        talk.phase === "ringing" ? (
          <Rings key={talk.id} talk={talk} />
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

/** What its offer's card shows is answered there. */
function Rings({ talk }: { readonly talk: Talk }) {
  const isShown = useSelect((s) => isOffered(s, talk));
  return isShown ? null : <Ringing talk={talk} />;
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
