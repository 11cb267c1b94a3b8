import { CircleAlert, CircleCheck } from "lucide-react";
import { lookAtPhone } from "../../actions/phone.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { Readiness } from "../../state/talk.ts";
import { Button } from "../../ui/button.tsx";
import { frame } from "./page.tsx";

/** Whether a call would be heard now, part by part. */
export function PhoneReadiness() {
  const t = useT();
  const run = useRun();
  const status = useSelect((s) => s.calls.phone);
  const readiness = useSelect((s) => s.calls.readiness);
  const parts = partsOf(readiness && { ...readiness, registered: status === "ready" }, t);
  return (
    <div className="flex flex-col items-start gap-3">
      <ul className={`${frame} w-full`}>
        {parts.map(({ isGood, text }) => (
          <li key={text} className="flex h-10 items-center gap-2 px-4 text-body">
            {isGood ? (
              <CircleCheck size={16} aria-hidden className="shrink-0 text-green" />
            ) : (
              <CircleAlert size={16} aria-hidden className="shrink-0 text-amber" />
            )}
            {text}
          </li>
        ))}
      </ul>
      <Button onClick={() => run(lookAtPhone)}>{t("settings.phone.check")}</Button>
    </div>
  );
}

function partsOf(readiness: Readiness | null, t: T): { readonly isGood: boolean; readonly text: string }[] {
  const { registered = false, microphone = "missing", roundTripMs = null } = readiness ?? {};
  return [
    { isGood: registered, text: t(`settings.phone.${registered ? "registered" : "notRegistered"}`) },
    {
      isGood: microphone === "ready",
      text: t(`settings.phone.${microphone === "ready" ? "microphone" : microphone}`),
    },
    {
      isGood: roundTripMs !== null,
      text:
        roundTripMs === null
          ? t("settings.phone.noAnswer")
          : t("settings.phone.delay", { ms: Math.round(roundTripMs) }),
    },
  ];
}
