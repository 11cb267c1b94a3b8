import { useState } from "react";
import { chooseAudio, echo, tryDevice } from "../../actions/audio.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { AudioChoice, AudioDevice } from "../../state/talk.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { Group, Page } from "./page.tsx";
import { MicrophoneLevel } from "./phone-level.tsx";
import { PhoneReadiness } from "./phone-readiness.tsx";
import { useDevices } from "./use-devices.ts";

/** The headset before the shift: which devices, whether one is heard, and whether calls would come. */
export function Phone() {
  const t = useT();
  const devices = useDevices();
  const microphone = useSelect((s) => s.ui.preferences.audio.microphone);
  return (
    <Page title={t("settings.phone.title")} lead={t("settings.phone.lead")}>
      <Group title={t("settings.phone.ready")}>
        <PhoneReadiness />
      </Group>
      <Group title={t("settings.phone.devices")}>
        <div className="flex flex-col gap-4">
          <Device which="microphone" devices={devices} />
          {/* Another microphone is listened to anew. */}
          <MicrophoneLevel key={microphone} />
          <Device which="speaker" devices={devices} />
          <Device which="ring" devices={devices} />
        </div>
      </Group>
      <Echo />
    </Page>
  );
}

interface DeviceProps {
  readonly which: keyof AudioChoice;
  readonly devices: readonly AudioDevice[];
}

const own = "own";

function Device({ which, devices }: DeviceProps) {
  const t = useT();
  const run = useRun();
  const chosen = useSelect((s) => s.ui.preferences.audio[which]);
  const kind = which === "microphone" ? "microphone" : "speaker";
  const fitting = devices.filter((device) => device.kind === kind);
  const options = [
    { value: own, label: t("settings.phone.ownDevice") },
    ...fitting.map(({ id, label }, i) => ({
      value: id,
      label: label || t("settings.phone.unnamed", { number: i + 1 }),
    })),
    ...(chosen === null || fitting.some(({ id }) => id === chosen)
      ? []
      : [{ value: chosen, label: t("settings.phone.gone") }]),
  ];
  return (
    <Field
      label={t(`settings.sounds.${which === "ring" ? "ringDevice" : which}`)}
      {...(which === "ring" ? { hint: t("settings.phone.ringHint") } : {})}
    >
      <div className="flex gap-2">
        <Select
          value={chosen ?? own}
          options={options}
          onChange={(id) => run((client) => chooseAudio(client, { [which]: id === own ? null : id }))}
        />
        {which !== "microphone" && (
          <Button onClick={() => run((client) => tryDevice(client, which))}>
            {t("settings.phone.tryIt")}
          </Button>
        )}
      </div>
    </Field>
  );
}

/** Less than this is the noise of a room. */
const spoken = 0.3;

function Echo() {
  const t = useT();
  const client = useClient();
  const [step, setStep] = useState<"recording" | "playing" | null>(null);
  const [loudest, setLoudest] = useState<number | null>(null);
  const begin = () => {
    setLoudest(null);
    echo(client, setStep)
      .then(setLoudest, client.report)
      .finally(() => setStep(null));
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button loading={step !== null} onClick={begin}>
        {t("settings.phone.echo")}
      </Button>
      <p role="status" className="min-w-0 text-body text-ink-2">
        {step !== null && t(`settings.phone.${step}`)}
        {loudest !== null && t(loudest >= spoken ? "settings.phone.echoGood" : "settings.phone.echoSilent")}
      </p>
    </div>
  );
}
