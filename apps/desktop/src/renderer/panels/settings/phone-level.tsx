import { useEffect, useState } from "react";
import { listenToMicrophone } from "../../actions/audio.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { PhoneErrorCode } from "../../state/talk.ts";

/** From here on it is a voice, and not the noise of a room. */
const voice = 0.4;

/** How loud it is before the chosen microphone, as long as one looks. */
export function MicrophoneLevel() {
  const t = useT();
  const client = useClient();
  const [level, setLevel] = useState(0);
  const [wasHeard, setHeard] = useState(false);
  const [failed, setFailed] = useState<PhoneErrorCode | null>(null);
  useEffect(
    () =>
      listenToMicrophone(
        client,
        (now) => {
          setLevel(now);
          if (now >= voice) setHeard(true);
        },
        setFailed,
      ),
    [client],
  );
  if (failed !== null)
    return (
      <p role="alert" className="text-small text-red-ink">
        {t(`call.trouble.${failed}`)}
      </p>
    );
  return (
    <div>
      <meter aria-label={t("settings.phone.level")} min={0} max={1} value={level} className="sr-only" />
      <div aria-hidden data-edge className="h-2 overflow-hidden rounded-full bg-sunken">
        <div
          className="h-full bg-green transition-[width] duration-75 forced-colors:bg-[Highlight]"
          style={{ width: `${Math.round(level * 100)}%` }}
        />
      </div>
      <p role="status" className="mt-1 text-small text-ink-3">
        {t(wasHeard ? "settings.phone.heard" : "settings.phone.quiet")}
      </p>
    </div>
  );
}
