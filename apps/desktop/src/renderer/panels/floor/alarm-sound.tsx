import { Volume2, VolumeX } from "lucide-react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changePreferences } from "../../actions/set-preferences.ts";
import { useT } from "../../i18n/index.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Switch } from "../../ui/toggles.tsx";

/** Whether and how loud alarms sound on this device. */
export function AlarmSound() {
  const t = useT();
  const client = useClient();
  const { alarmSound, alarmVolume } = useSelect((s) => s.ui.preferences);
  return (
    <Popover
      label={t("board.sound.title")}
      align="end"
      trigger={<IconButton icon={alarmSound ? Volume2 : VolumeX} label={t("board.sound.title")} />}
    >
      <div className="flex w-60 flex-col gap-3">
        <Switch
          checked={alarmSound}
          onChange={(on) => changePreferences(client, { alarmSound: on })}
          label={t("board.sound.title")}
          hint={t("board.sound.of")}
        />
        <label className="flex items-center gap-3 text-body text-ink-2">
          {t("board.sound.volume")}
          <input
            type="range"
            min={10}
            max={100}
            step={10}
            disabled={!alarmSound}
            value={Math.round(alarmVolume * 100)}
            onChange={(event) => changePreferences(client, { alarmVolume: Number(event.target.value) / 100 })}
            className="min-w-0 flex-1 accent-(--accent)"
          />
        </label>
      </div>
    </Popover>
  );
}
