import type { User } from "@tongdai/shared";
import { useCallback, useMemo } from "react";
import { useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { rightsOf } from "../state/access.ts";
import { selectMe } from "../state/selectors.ts";
import { Select } from "../ui/select.tsx";

interface OwnerSelectProps {
  readonly value: string | null;
  readonly onChange: (ownerId: string | null) => void;
  /** Needed outside a Field. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

const nobody = "nobody";

/** Who keeps the promise of a ticket, or looks after a customer: oneself first, then everybody who works. */
export function OwnerSelect(props: OwnerSelectProps) {
  const { value, onChange, label, disabled = false, className = "", open, onOpenChange } = props;
  const t = useT();
  const myId = useSelect(selectMe)?.id;
  const users = useSelect((s) => s.people.users);
  const mayOwn = useMayOwn();
  const people = useMemo(
    () =>
      Object.values(users)
        .filter((user) => user.id === value || mayOwn(user))
        .sort((a, b) => Number(b.id === myId) - Number(a.id === myId) || a.name.localeCompare(b.name)),
    [users, value, myId, mayOwn],
  );
  return (
    <Select
      {...(label === undefined ? {} : { label })}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
      value={value ?? nobody}
      disabled={disabled}
      onChange={(chosen) => onChange(chosen === nobody ? null : chosen)}
      options={[
        { value: nobody, label: t("ticket.noOwner") },
        ...people.map(({ id, name }) => ({
          value: id,
          label: id === myId ? t("record.meNamed", { name }) : name,
        })),
      ]}
      className={className}
    />
  );
}

/** Who may have work of their own. */
export function useMayOwn(): (user: User) => boolean {
  const roles = useSelect((s) => s.people.roles);
  return useCallback((user) => !user.disabled && rightsOf({ roles }, user).has("work"), [roles]);
}
