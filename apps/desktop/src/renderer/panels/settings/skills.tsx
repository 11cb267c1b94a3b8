import { AppError, type Skill } from "@tongdai/shared";
import { GraduationCap, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { removeSkill, saveSkill } from "../../actions/save-skill.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { causeText } from "../words.ts";
import { FormDialog } from "./form-dialog.tsx";
import { frame, Page } from "./page.tsx";
import { useBasis, Versioned } from "./versioned.tsx";

/** What queues may ask for, who has it, and which queues do ask. */
export function Skills() {
  const t = useT();
  const skills = useSelect((s) => s.people.skills);
  const [editing, setEditing] = useState<Skill | "new" | null>(null);
  const shown = useMemo(() => Object.values(skills).sort((a, b) => a.name.localeCompare(b.name)), [skills]);
  return (
    <Page
      title={t("rules.skills.title")}
      lead={t("rules.skills.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("rules.skills.add")}
        </Button>
      }
    >
      {shown.length === 0 ? (
        <EmptyState icon={GraduationCap} title={t("rules.skills.empty")} body={t("rules.skills.emptyBody")} />
      ) : (
        <ul className={frame}>
          {shown.map((skill) => (
            <SkillRow key={skill.id} skill={skill} onEdit={() => setEditing(skill)} />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : skills[editing.id]}
        >
          {(skill) => <SkillDialog skill={skill} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

interface SkillRowProps {
  readonly skill: Skill;
  readonly onEdit: () => void;
}

function SkillRow({ skill, onEdit }: SkillRowProps) {
  const t = useT();
  const client = useClient();
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const [problem, setProblem] = useState<string | null>(null);
  const people = Object.values(users)
    .flatMap((user) => ({ user, level: user.skills[skill.id] ?? 0 }))
    .filter(({ user, level }) => level > 0 && !user.disabled)
    .sort((a, b) => b.level - a.level || a.user.name.localeCompare(b.user.name))
    .map(({ user, level }) => `${user.name} (${level})`)
    .join(", ");
  const askers = Object.values(queues)
    .filter(({ rules }) =>
      rules.rings.some((ring) => [...ring.needs, ...ring.prefers].some((n) => n.skillId === skill.id)),
    )
    .map((queue) => queue.name)
    .join(", ");
  const remove = () => {
    setProblem(null);
    removeSkill(client, skill.id).then(
      () => toast(t("record.removed", { name: skill.name })),
      (cause: unknown) => setProblem(refusal(cause)),
    );
  };
  const refusal = (cause: unknown) =>
    cause instanceof AppError && cause.code === "conflict"
      ? t("rules.skills.inUse", { name: skill.name })
      : causeText(cause, t);
  return (
    <li className="flex items-start gap-2 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{skill.name}</p>
        <p className="truncate text-small text-ink-2" title={people}>
          {people || <span className="text-ink-3">{t("rules.skills.nobody")}</span>}
        </p>
        <p className="truncate text-small text-ink-3" title={askers}>
          {askers ? t("rules.skills.askedBy", { queues: askers }) : t("rules.skills.notAsked")}
        </p>
        {problem !== null && (
          <p role="alert" className="mt-1 text-small text-pretty text-red-ink">
            {problem}
          </p>
        )}
      </div>
      <IconButton icon={Pencil} label={t("record.editOf", { name: skill.name })} onClick={onEdit} />
      <IconButton icon={Trash2} label={t("common.removeNamed", { name: skill.name })} onClick={remove} />
    </li>
  );
}

interface SkillDialogProps {
  readonly skill: Skill | null;
  readonly onClose: () => void;
}

function SkillDialog({ skill, onClose }: SkillDialogProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const { version } = useBasis();
  const [name, setName] = useState(skill?.name ?? "");
  const save = async () => {
    if (await submit(() => saveSkill(client, { id: skill?.id ?? null, version, name }))) onClose();
  };
  return (
    <FormDialog
      title={t(skill ? "rules.skills.rename" : "rules.skills.add")}
      width="small"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("rules.skills.name")} hint={t("rules.skills.nameHint")} required {...errorOf("name")}>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
