import { defaultLimits, type User, WorkKind } from "@tongdai/shared";
import { Check, Pencil, X } from "lucide-react";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { frame } from "./page.tsx";
import { PersonForm } from "./person-form.tsx";
import { LimitFields, SkillFields } from "./person-work.tsx";
import { type Ability, asAbility, draftOfAbility, wrongLimit } from "./person-work-draft.ts";
import { Versioned } from "./versioned.tsx";

type Tried = Readonly<Record<string, Ability>>;

interface ReplayPeopleProps {
  /** By user. */
  readonly tried: Tried;
  readonly onChange: (tried: Tried) => void;
}

interface Open {
  readonly user: User;
  readonly ability: Ability;
  readonly to: "try" | "apply";
}

/** People who are tried with other skills, levels and limits. */
export function ReplayPeople({ tried, onChange }: ReplayPeopleProps) {
  const t = useT();
  const { users, agents } = useSelect((s) => s.people);
  const maySave = useSelect((s) => s.session.permissions.includes("people.manage"));
  const [open, setOpen] = useState<Open | null>(null);
  const textOf = useAbilityText();
  const rest = Object.values(users)
    .filter((u) => agents[u.id] && !u.disabled && tried[u.id] === undefined)
    .sort((a, b) => a.name.localeCompare(b.name));
  const close = () => setOpen(null);
  const show = (userId: string, to: Open["to"]) => {
    const user = users[userId];
    if (!user) return;
    const limits = agents[userId]?.limits ?? defaultLimits;
    setOpen({ user, ability: tried[userId] ?? { skills: user.skills, limits }, to });
  };
  const without = (userId: string) => {
    const { [userId]: _, ...others } = tried;
    onChange(others);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("replay.people")}</legend>
      {Object.keys(tried).length > 0 && (
        <ul className={frame}>
          {Object.entries(tried).map(([userId, ability]) => {
            const name = neutralise(users[userId]?.name ?? t("common.unknown"));
            return (
              <li key={userId} className="flex items-center gap-3 px-4 py-2">
                <span className="min-w-0 flex-1 truncate">
                  <span className="font-medium">{name}</span>{" "}
                  <span className="text-small text-ink-3">{textOf(ability)}</span>
                </span>
                <Button size="small" icon={Pencil} onClick={() => show(userId, "try")}>
                  {t("common.edit")}
                </Button>
                {maySave && (
                  <Button size="small" icon={Check} onClick={() => show(userId, "apply")}>
                    {t("replay.apply")}
                  </Button>
                )}
                <IconButton
                  icon={X}
                  size="small"
                  label={t("replay.removePerson", { name })}
                  onClick={() => without(userId)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {rest.length > 0 && (
        <Select
          label={t("replay.addPerson")}
          placeholder={t("replay.addPerson")}
          value={undefined}
          onChange={(userId) => show(userId, "try")}
          options={rest.map(({ id, name }) => ({ value: id, label: neutralise(name) }))}
          className="w-72"
        />
      )}
      {open?.to === "try" && (
        <TryForm
          {...open}
          onUse={(ability) => {
            onChange({ ...tried, [open.user.id]: ability });
            close();
          }}
          onClose={close}
        />
      )}
      {open?.to === "apply" && (
        <Versioned opened={open.user} current={users[open.user.id]}>
          {(user) => (
            <PersonForm
              user={user && { ...user, skills: open.ability.skills }}
              limits={open.ability.limits}
              onClose={close}
            />
          )}
        </Versioned>
      )}
    </fieldset>
  );
}

interface TryFormProps {
  readonly user: User;
  readonly ability: Ability;
  readonly onUse: (ability: Ability) => void;
  readonly onClose: () => void;
}

function TryForm({ user, ability, onUse, onClose }: TryFormProps) {
  const t = useT();
  const { errorOf, fail } = useSubmit();
  const [draft, setDraft] = useState(() => draftOfAbility(ability));
  const use = () => {
    const wrong = wrongLimit(draft);
    if (wrong) fail(wrong.kind, t("admin.range", { min: 0, max: wrong.most }));
    else onUse(asAbility(draft));
  };
  return (
    <FormDialog
      title={t("replay.tryOf", { name: neutralise(user.name) })}
      lead={t("replay.tryPersonLead")}
      confirm={t("replay.use")}
      busy={false}
      problem={null}
      isReady
      onSubmit={use}
      onClose={onClose}
    >
      <LimitFields value={draft} onChange={setDraft} errorOf={errorOf} />
      <SkillFields value={draft} onChange={setDraft} />
    </FormDialog>
  );
}

function useAbilityText(): (ability: Ability) => string {
  const t = useT();
  const known = useSelect((s) => s.people.skills);
  return ({ skills, limits }) =>
    [
      ...WorkKind.options.map((kind) => `${t(`admin.people.limit.${kind}`)} ${limits[kind]}`),
      ...Object.entries(skills).map(
        ([id, level]) => `${neutralise(known[id]?.name ?? t("common.unknown"))} ${level}`,
      ),
    ].join(" · ");
}
