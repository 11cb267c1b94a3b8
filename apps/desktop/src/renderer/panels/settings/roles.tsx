import type { Permission, Role } from "@tongdai/shared";
import { Check, Minus, Pencil, Plus } from "lucide-react";
import { Fragment, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { roleName } from "../role-name.ts";
import { Page } from "./page.tsx";
import { groups, permissionsIn } from "./permission-groups.ts";
import { RoleForm } from "./role-form.tsx";
import { Versioned } from "./versioned.tsx";

/** Who may do what: permissions in plain words, roles beside each other. */
export function Roles() {
  const t = useT();
  const byId = useSelect((s) => s.people.roles);
  const [editing, setEditing] = useState<Role | "new" | null>(null);
  const roles = Object.values(byId);
  return (
    <Page
      title={t("settings.roles.title")}
      lead={t("roles.lead")}
      isWide
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("roles.add")}
        </Button>
      }
    >
      <div className="overflow-x-auto rounded-ui border border-line">
        <table className="w-full border-collapse text-body">
          <thead>
            <tr className="border-b border-line">
              <th scope="col" className="px-4 py-2 text-left text-small font-medium text-ink-3">
                {t("roles.permission")}
              </th>
              {roles.map((role) => (
                <RoleHead key={role.id} role={role} onEdit={() => setEditing(role)} />
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Fragment key={group}>
                <tr className="bg-canvas">
                  <th
                    scope="colgroup"
                    colSpan={roles.length + 1}
                    className="px-4 py-1.5 text-left text-small font-medium text-ink-2"
                  >
                    {t(`roles.group.${group}`)}
                  </th>
                </tr>
                {permissionsIn(group).map((permission) => (
                  <PermissionRow key={permission} permission={permission} roles={roles} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-small text-ink-3">{t("roles.fixed")}</p>
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : byId[editing.id]}
        >
          {(role) => <RoleForm role={role} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

function RoleHead({ role, onEdit }: { readonly role: Role; readonly onEdit: () => void }) {
  const t = useT();
  const count = useSelect(
    (s) => Object.values(s.people.users).filter((u) => !u.disabled && u.roles.includes(role.id)).length,
  );
  const name = roleName(role, t);
  return (
    <th scope="col" className="w-36 px-2 py-2 text-center align-top font-medium">
      <span className="flex min-h-6 items-center justify-center gap-1">
        <span className="truncate">{name}</span>
        {role.id !== "admin" && (
          <IconButton icon={Pencil} size="small" label={t("record.editOf", { name })} onClick={onEdit} />
        )}
      </span>
      <span className="block text-small font-normal text-ink-3">{t("roles.people", { count })}</span>
    </th>
  );
}

function PermissionRow({ permission, roles }: { permission: Permission; roles: readonly Role[] }) {
  const t = useT();
  return (
    <tr className="border-t border-line/60">
      <th scope="row" className="px-4 py-1.5 text-left font-normal text-ink">
        {t(`roles.can.${permission}`)}
      </th>
      {roles.map((role) => {
        const may = role.permissions.includes(permission);
        const Icon = may ? Check : Minus;
        return (
          <td key={role.id} className="px-2 py-1.5 text-center">
            <Icon size={16} aria-hidden className={may ? "inline text-green-ink" : "inline text-ink-3/50"} />
            <span className="sr-only">{t(may ? "roles.yes" : "roles.no")}</span>
          </td>
        );
      })}
    </tr>
  );
}
