import { fold, type User } from "@tongdai/shared";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Input } from "../../ui/input.tsx";
import { Checkbox } from "../../ui/toggles.tsx";

interface PeoplePickerProps {
  readonly label: string;
  readonly hint?: string;
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  readonly mayChoose: (user: User) => boolean;
}

const manyPeople = 8;
/** More boxes than this nobody looks through, and they would make typing slow. */
const mostShown = 60;

/** Who stands in something, of all who may: those chosen when it opened come first. */
export function PeoplePicker({ label, hint, chosen, onChange, mayChoose }: PeoplePickerProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const [query, setQuery] = useState("");
  const [first] = useState(() => new Set(chosen));
  const people = useMemo(
    () =>
      Object.values(users)
        .filter((user) => first.has(user.id) || (!user.disabled && mayChoose(user)))
        .map((user) => ({ user, words: fold(`${user.name} ${user.username}`) }))
        .sort(
          (a, b) =>
            Number(first.has(b.user.id)) - Number(first.has(a.user.id)) ||
            a.user.name.localeCompare(b.user.name),
        ),
    [users, first, mayChoose],
  );
  const wanted = fold(query.trim());
  const found = people.filter(({ words }) => words.includes(wanted));
  const more = found.length - mostShown;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {label}{" "}
        <span className="font-normal text-ink-3">({t("common.nSelected", { count: chosen.length })})</span>
      </legend>
      {hint && <p className="text-small text-ink-3">{hint}</p>}
      {people.length >= manyPeople && (
        <Input
          icon={Search}
          value={query}
          aria-label={t("admin.people.search")}
          placeholder={t("admin.people.search")}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <div className="grid max-h-36 grid-cols-3 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {found.slice(0, mostShown).map(({ user }) => (
          <Checkbox
            key={user.id}
            checked={chosen.includes(user.id)}
            onChange={(on) => onChange(on ? [...chosen, user.id] : chosen.filter((id) => id !== user.id))}
            label={user.name}
          />
        ))}
        {found.length === 0 && <p className="col-span-3 text-ink-3">{t("common.noResults")}</p>}
        {more > 0 && (
          <p className="col-span-3 text-small text-ink-3">{t("teams.morePeople", { count: more })}</p>
        )}
      </div>
    </fieldset>
  );
}
