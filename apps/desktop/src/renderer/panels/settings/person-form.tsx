import {
  type AgentSkills,
  AppError,
  defaultLimits,
  Limits,
  type Need,
  permissionsOf,
  Role,
  type User,
  WorkKind,
} from "@tongdai/shared";
import { WandSparkles } from "lucide-react";
import { useState } from "react";
import { createUser } from "../../actions/create-user.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { updateUser } from "../../actions/update-user.ts";
import { useT } from "../../i18n/index.ts";
import { selectMe } from "../../state/selectors.ts";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox, Switch } from "../../ui/toggles.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { asNumber } from "./numbers.ts";
import { shortestPassword } from "./password.tsx";
import { randomWord } from "./random-word.ts";
import { SkillNeeds } from "./skill-needs.tsx";
import { type Submit, useSubmit } from "./use-submit.ts";
import { useBasis } from "./versioned.tsx";

interface PersonFormProps {
  readonly user: User | null;
  readonly onClose: () => void;
}

const usernamePattern = /^[a-z0-9._-]+$/;

export function PersonForm({ user, onClose }: PersonFormProps) {
  const t = useT();
  const client = useClient();
  const form = useSubmit();
  const { busy, problem, errorOf, submit, fail } = form;
  const { version } = useBasis();
  const [username, setUsername] = useState("");
  const [name, setName] = useState(user?.name ?? "");
  const [password, setPassword] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(user?.roles ?? ["agent"]);
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const agent = useSelect((s) => (user ? s.people.agents[user.id] : undefined));
  const [limits, setLimits] = useState<LimitTexts>(() => asTexts(agent?.limits ?? defaultLimits));
  const [skills, setSkills] = useState<readonly Need[]>(() =>
    Object.entries(user?.skills ?? {}).map(([skillId, level]) => ({ skillId, level })),
  );
  const isNew = user === null;
  const works = permissionsOf(roles).has("work");

  const send = async () => {
    const given = {
      name,
      roles: [...roles],
      ...(works ? { limits: asNumbers(limits), skills: asSkills(skills) } : {}),
    };
    try {
      if (isNew) await createUser(client, { ...given, username, password });
      else
        await updateUser(client, {
          ...given,
          userId: user.id,
          version,
          disabled,
          ...(password === "" ? {} : { password }),
        });
    } catch (cause) {
      // The one refusal whose reason no field shows.
      if (cause instanceof AppError && cause.details?.["reason"] === "last_admin")
        throw new AppError("conflict", cause.message, { field: "lastAdmin" });
      throw cause;
    }
  };
  const save = async () => {
    if (isNew && !usernamePattern.test(username)) {
      fail("username", t("admin.people.usernameWrong"));
      return;
    }
    if ((isNew || password !== "") && password.length < shortestPassword) {
      fail("password", t("errors.field.tooShort", { count: shortestPassword }));
      return;
    }
    const wrong = works
      ? workKinds.find((kind) => !Limits.shape[kind].safeParse(asNumber(limits[kind])).success)
      : undefined;
    if (wrong) {
      fail(wrong, t("admin.range", { min: 0, max: most[wrong] }));
      return;
    }
    if (!(await submit(send))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };

  const refusal =
    "lastAdmin" in form.fields
      ? t("admin.people.lastAdmin")
      : "skills" in form.fields
        ? t("rules.skills.stale")
        : problem;

  return (
    <FormDialog
      title={user ? t("record.editOf", { name: user.name }) : t("admin.people.add")}
      busy={busy}
      problem={refusal}
      isReady={name.trim() !== "" && roles.length > 0 && (!isNew || (username !== "" && password !== ""))}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("admin.people.name")} required {...errorOf("name")}>
        <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      </Field>
      {isNew && (
        <Field
          label={t("desk.login.username")}
          hint={t("admin.people.usernameHint")}
          required
          {...errorOf("username")}
        >
          <Input
            value={username}
            maxLength={60}
            spellCheck={false}
            onChange={(event) => setUsername(event.target.value.trim().toLowerCase())}
          />
        </Field>
      )}
      <Roles chosen={roles} onChange={setRoles} />
      {works && <LimitFields value={limits} onChange={setLimits} form={form} />}
      {works && <SkillFields value={skills} onChange={setSkills} />}
      <NewPassword isNew={isNew} value={password} onChange={setPassword} form={form} />
      {!isNew && <Disabled user={user} disabled={disabled} onChange={setDisabled} />}
      {!isNew && <p className="text-small text-ink-3">{t("admin.people.endsSessions")}</p>}
    </FormDialog>
  );
}

const asSkills = (needs: readonly Need[]): AgentSkills =>
  Object.fromEntries(needs.map(({ skillId, level }) => [skillId, level]));

interface SkillFieldsProps {
  readonly value: readonly Need[];
  readonly onChange: (value: readonly Need[]) => void;
}

function SkillFields({ value, onChange }: SkillFieldsProps) {
  const t = useT();
  const hasSome = useSelect((s) => Object.keys(s.people.skills).length > 0);
  return (
    <section aria-label={t("rules.skills.ofPerson")} className="flex flex-col gap-1">
      <h3 className="text-small font-medium text-ink-2">{t("rules.skills.ofPerson")}</h3>
      {hasSome && <p className="text-small text-ink-3">{t("rules.skills.ofPersonHint")}</p>}
      <SkillNeeds
        value={value}
        onChange={onChange}
        label={t("rules.skills.ofPerson")}
        none={hasSome ? t("common.none") : t("rules.skills.none")}
      />
    </section>
  );
}

type LimitTexts = Readonly<Record<WorkKind, string>>;

const workKinds = WorkKind.options;
/** As the gateway has it. */
const most: Record<WorkKind, number> = { call: 1, chat: 50, mail: 200 };

const asTexts = (limits: Limits): LimitTexts => ({
  call: String(limits.call),
  chat: String(limits.chat),
  mail: String(limits.mail),
});
const asNumbers = (texts: LimitTexts): Limits => ({
  call: asNumber(texts.call),
  chat: asNumber(texts.chat),
  mail: asNumber(texts.mail),
});

interface LimitFieldsProps {
  readonly value: LimitTexts;
  readonly onChange: (value: LimitTexts) => void;
  readonly form: Submit;
}

/** How many of each kind of work at the same time; 0: none. */
function LimitFields({ value, onChange, form }: LimitFieldsProps) {
  const t = useT();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("agent.capacity")}</legend>
      <p className="text-small text-ink-3">{t("admin.people.capacityHint")}</p>
      <div className="grid grid-cols-3 gap-4">
        {workKinds.map((kind) => (
          <Field key={kind} label={t(`admin.people.limit.${kind}`)} required {...form.errorOf(kind)}>
            <Input
              value={value[kind]}
              inputMode="numeric"
              onChange={(event) => onChange({ ...value, [kind]: event.target.value.trim() })}
            />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

interface RolesProps {
  readonly chosen: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}

function Roles({ chosen, onChange }: RolesProps) {
  const t = useT();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("admin.people.roles")}</legend>
      {Role.options.map((role) => (
        <Checkbox
          key={role}
          checked={chosen.includes(role)}
          onChange={(on) => onChange(Role.options.filter((r) => (r === role ? on : chosen.includes(r))))}
          label={t(`agent.role.${role}`)}
          hint={t(`admin.people.roleHint.${role}`)}
        />
      ))}
    </fieldset>
  );
}

interface NewPasswordProps {
  readonly isNew: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly form: Submit;
}

/** Shown as it is typed: somebody has to tell it to the person. */
function NewPassword({ isNew, value, onChange, form }: NewPasswordProps) {
  const t = useT();
  return (
    <Field
      label={isNew ? t("auth.password") : t("settings.password.next")}
      hint={isNew ? t("admin.people.passwordHint") : t("admin.people.passwordKeep")}
      required={isNew}
      {...form.errorOf("password")}
    >
      <Input
        value={value}
        maxLength={200}
        spellCheck={false}
        placeholder={isNew ? undefined : t("admin.keepAsIs")}
        onChange={(event) => onChange(event.target.value)}
        trailing={
          <IconButton
            icon={WandSparkles}
            size="small"
            label={t("admin.people.makePassword")}
            onClick={() => onChange(randomWord(14))}
          />
        }
      />
    </Field>
  );
}

interface DisabledProps {
  readonly user: User;
  readonly disabled: boolean;
  readonly onChange: (disabled: boolean) => void;
}

function Disabled({ user, disabled, onChange }: DisabledProps) {
  const t = useT();
  const me = useSelect(selectMe);
  return (
    <Switch
      checked={!disabled}
      disabled={user.id === me?.id}
      onChange={(on) => onChange(!on)}
      label={t("admin.people.enabled")}
      hint={user.id === me?.id ? t("admin.people.notOneself") : t("admin.people.enabledHint")}
    />
  );
}
