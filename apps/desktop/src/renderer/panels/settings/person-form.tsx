import { BuiltInRole, defaultLimits, type Limits, type User } from "@tongdai/shared";
import { LogOut, WandSparkles } from "lucide-react";
import { useState } from "react";
import { createUser } from "../../actions/create-user.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { signOutUser } from "../../actions/sign-out-user.ts";
import { updateUser } from "../../actions/update-user.ts";
import { useT } from "../../i18n/index.ts";
import { rightsOf } from "../../state/access.ts";
import { selectMe } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox, Switch } from "../../ui/toggles.tsx";
import { roleName } from "../role-name.ts";
import { type Submit, useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { guardField, guardText } from "./guard-text.ts";
import { shortestPassword } from "./password.tsx";
import { LimitFields, SkillFields } from "./person-work.tsx";
import { asAbility, draftOfAbility, wrongLimit } from "./person-work-draft.ts";
import { QueueChoice } from "./queue-choice.tsx";
import { randomWord } from "./random-word.ts";
import { TeamChoice } from "./team-choice.tsx";
import { useBasis } from "./versioned.tsx";

interface PersonFormProps {
  readonly user: User | null;
  /** How much is filled in for a start; left out: what the person may carry. */
  readonly limits?: Limits;
  readonly onClose: () => void;
}

const usernamePattern = /^[a-z0-9._-]+$/;

export function PersonForm({ user, limits, onClose }: PersonFormProps) {
  const t = useT();
  const client = useClient();
  const form = useSubmit();
  const { busy, problem, errorOf, submit, fail } = form;
  const { version } = useBasis();
  const [username, setUsername] = useState("");
  const [name, setName] = useState(user?.name ?? "");
  const [password, setPassword] = useState("");
  const [roles, setRoles] = useState<readonly string[]>(user?.roles ?? ["agent"]);
  const [disabled, setDisabled] = useState(user?.disabled ?? false);
  const agent = useSelect((s) => (user ? s.people.agents[user.id] : undefined));
  const [ability, setAbility] = useState(() =>
    draftOfAbility({ skills: user?.skills ?? {}, limits: limits ?? agent?.limits ?? defaultLimits }),
  );
  const places = usePlacesOf(user?.id ?? null);
  const [teamIds, setTeamIds] = useState<readonly string[]>(places.teamIds);
  const [queueIds, setQueueIds] = useState<readonly string[]>(places.queueIds);
  const isNew = user === null;
  const known = useSelect((s) => s.people.roles);
  const works = rightsOf({ roles: known }, { roles: [...roles] }).has("work");

  const send = async () => {
    const given = {
      name,
      roles: [...roles],
      teamIds: [...teamIds],
      queueIds: [...queueIds],
      ...(works ? asAbility(ability) : {}),
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
      guardField(cause);
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
    const wrong = works ? wrongLimit(ability) : null;
    if (wrong) {
      fail(wrong.kind, t("admin.range", { min: 0, max: wrong.most }));
      return;
    }
    if (!(await submit(send))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };

  const refusal = guardText(form.fields, t) ?? ("skills" in form.fields ? t("rules.skills.stale") : problem);

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
      <TeamChoice label={t("teams.ofPerson")} chosen={teamIds} onChange={setTeamIds} />
      {works && <QueueChoice chosen={queueIds} teamIds={teamIds} onChange={setQueueIds} />}
      {works && <LimitFields value={ability} onChange={setAbility} errorOf={errorOf} />}
      {works && <SkillFields value={ability} onChange={setAbility} />}
      <NewPassword isNew={isNew} value={password} onChange={setPassword} form={form} />
      {!isNew && <Disabled user={user} disabled={disabled} onChange={setDisabled} />}
      {!isNew && <SignOut user={user} />}
      {!isNew && <p className="text-small text-ink-3">{t("admin.people.endsSessions")}</p>}
    </FormDialog>
  );
}

/** Where the person stands when the form opens. */
function usePlacesOf(userId: string | null) {
  const teams = useSelect((s) => s.people.teams);
  const queues = useSelect((s) => s.people.queues);
  const has = (ids: readonly string[]) => userId !== null && ids.includes(userId);
  return {
    teamIds: Object.values(teams).flatMap((team) => (has(team.memberIds) ? team.id : [])),
    queueIds: Object.values(queues).flatMap((queue) => (has(queue.namedIds) ? queue.id : [])),
  };
}

function SignOut({ user }: { readonly user: User }) {
  const t = useT();
  const run = useRun();
  const signOut = () =>
    run(async (client) => {
      await signOutUser(client, user.id);
      toast(t("people.signedOut", { name: user.name }), { tone: "success" });
    });
  return (
    <div className="flex items-center gap-3">
      <Button icon={LogOut} onClick={signOut}>
        {t("people.signOut")}
      </Button>
      <span className="text-small text-ink-3">{t("people.signOutHint")}</span>
    </div>
  );
}

interface RolesProps {
  readonly chosen: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
}

function Roles({ chosen, onChange }: RolesProps) {
  const t = useT();
  const known = Object.values(useSelect((s) => s.people.roles));
  const ids = known.map((role) => role.id);
  const hintOf = (id: string) => {
    const builtIn = BuiltInRole.safeParse(id);
    return builtIn.success ? { hint: t(`admin.people.roleHint.${builtIn.data}`) } : {};
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("admin.people.roles")}</legend>
      {known.map((role) => (
        <Checkbox
          key={role.id}
          checked={chosen.includes(role.id)}
          onChange={(on) => onChange(ids.filter((id) => (id === role.id ? on : chosen.includes(id))))}
          label={roleName(role, t)}
          {...hintOf(role.id)}
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
  const agent = useSelect((st) => st.people.agents[user.id]);
  const inHand = agent ? agent.carries.call + agent.carries.chat + agent.carries.mail : 0;
  const hint =
    user.id === me?.id
      ? t("admin.people.notOneself")
      : disabled && !user.disabled && inHand > 0
        ? t("people.inHand", { count: inHand })
        : t("admin.people.enabledHint");
  return (
    <Switch
      checked={!disabled}
      disabled={user.id === me?.id}
      onChange={(on) => onChange(!on)}
      label={t("admin.people.enabled")}
      hint={hint}
    />
  );
}
