import { BuiltInRole, type Permission, type Role } from "@tongdai/shared";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { removeRole, saveRole } from "../../actions/save-role.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { roleName } from "../role-name.ts";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { guardField, guardText } from "./guard-text.ts";
import { groups, permissionsIn } from "./permission-groups.ts";
import { useBasis } from "./versioned.tsx";

interface RoleFormProps {
  readonly role: Role | null;
  readonly onClose: () => void;
}

export function RoleForm({ role, onClose }: RoleFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit, fields } = useSubmit();
  const { version } = useBasis();
  const users = useSelect((s) => s.people.users);
  const [name, setName] = useState(role ? roleName(role, t) : "");
  const [permissions, setPermissions] = useState<readonly Permission[]>(role?.permissions ?? ["agents.see"]);
  const isBuiltIn = BuiltInRole.safeParse(role?.id).success;
  const isHeld = Object.values(users).some((user) => role !== null && user.roles.includes(role.id));
  const finish = async (action: () => Promise<unknown>) => {
    if (!(await submit(() => action().catch(guardField)))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };
  const save = () => {
    const input = { id: role?.id ?? null, version, name, permissions: [...permissions] };
    return finish(() => saveRole(client, input));
  };
  return (
    <FormDialog
      title={role ? t("record.editOf", { name: roleName(role, t) }) : t("roles.add")}
      width="large"
      busy={busy}
      problem={guardText(fields, t) ?? problem}
      isReady={name.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      {!isBuiltIn && (
        <Field label={t("roles.name")} required {...errorOf("name")}>
          <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      {groups.map((group) => (
        <fieldset key={group} className="flex flex-col gap-1">
          <legend className="mb-1 text-small font-medium text-ink-2">{t(`roles.group.${group}`)}</legend>
          {permissionsIn(group).map((permission) => (
            <Checkbox
              key={permission}
              checked={permissions.includes(permission)}
              onChange={(on) =>
                setPermissions(
                  on ? [...permissions, permission] : permissions.filter((other) => other !== permission),
                )
              }
              label={t(`roles.can.${permission}`)}
            />
          ))}
        </fieldset>
      ))}
      {role && !isBuiltIn && (
        <div className="flex items-center gap-2">
          <Button
            variant="danger"
            icon={Trash2}
            disabled={isHeld}
            onClick={() => void finish(() => removeRole(client, role.id))}
          >
            {t("roles.remove")}
          </Button>
          {isHeld && <span className="text-small text-ink-3">{t("roles.inUse")}</span>}
        </div>
      )}
    </FormDialog>
  );
}
