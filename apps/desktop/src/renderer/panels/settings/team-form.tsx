import type { Team, User } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveTeam } from "../../actions/save-team.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { tints } from "../../ui/tints.ts";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { PeoplePicker } from "./people-picker.tsx";
import { useBasis } from "./versioned.tsx";

interface TeamFormProps {
  readonly team: Team | null;
  readonly onClose: () => void;
}

const anybody = (_user: User): boolean => true;

export function TeamForm({ team, onClose }: TeamFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const { version } = useBasis();
  const [name, setName] = useState(team?.name ?? "");
  const [colour, setColour] = useState(team?.colour ?? null);
  const [memberIds, setMemberIds] = useState<readonly string[]>(team?.memberIds ?? []);
  const [leadIds, setLeadIds] = useState<readonly string[]>(team?.leadIds ?? []);
  const save = async () => {
    const input = {
      id: team?.id ?? null,
      version,
      name,
      colour,
      memberIds: [...memberIds],
      leadIds: [...leadIds],
    };
    if (!(await submit(() => saveTeam(client, input)))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };
  return (
    <FormDialog
      title={team ? t("record.editOf", { name: team.name }) : t("teams.add")}
      width="large"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("teams.name")} required {...errorOf("name")}>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Colours value={colour} onChange={setColour} />
      <PeoplePicker
        label={t("teams.members")}
        chosen={memberIds}
        onChange={setMemberIds}
        mayChoose={anybody}
      />
      <PeoplePicker
        label={t("teams.leads")}
        hint={t("teams.leadsHint")}
        chosen={leadIds}
        onChange={setLeadIds}
        mayChoose={anybody}
      />
    </FormDialog>
  );
}

interface ColoursProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Colours({ value, onChange }: ColoursProps) {
  const t = useT();
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium text-ink-2">{t("teams.colour")}</legend>
      <div className="flex gap-2">
        {[null, ...tints.keys()].map((index) => {
          const number = index === null ? null : index + 1;
          return (
            <label
              key={number ?? 0}
              className={cn(
                "flex h-7 min-w-7 cursor-pointer items-center justify-center rounded-ui border px-2 text-small has-focus-visible:outline-2 has-focus-visible:outline-accent",
                index === null ? "text-ink-2" : tints[index],
                value === number ? "border-ink font-semibold" : "border-line",
              )}
            >
              <input
                type="radio"
                name="colour"
                className="sr-only"
                checked={value === number}
                onChange={() => onChange(number)}
                aria-label={number === null ? t("teams.noColour") : t("teams.colourOf", { number })}
              />
              <span aria-hidden>{number === null ? t("teams.noColour") : value === number ? "✓" : "Aa"}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
