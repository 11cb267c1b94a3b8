import { BuiltInRole } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { Avatar } from "../../ui/avatar.tsx";

export interface Demo {
  readonly users: readonly {
    readonly username: string;
    readonly name: string;
    readonly roles: readonly string[];
  }[];
  readonly password: string;
}

interface DemoLogInsProps {
  readonly demo: Demo;
  readonly busy: boolean;
  readonly onChoose: (username: string) => void;
}

/** Only where the gateway says that it is a demo: the seeded people, one press away. */
export function DemoLogIns({ demo, busy, onChoose }: DemoLogInsProps) {
  const t = useT();
  return (
    <section aria-label={t("auth.demo")} className="mt-8 border-t border-line pt-5">
      <h2 className="text-body font-medium">{t("auth.demo")}</h2>
      <p className="mb-2 text-small text-ink-3">{t("desk.login.demoHint")}</p>
      <ul className="-mx-2 flex flex-col">
        {demo.users.map((user) => (
          <li key={user.username}>
            <button
              type="button"
              disabled={busy}
              onClick={() => onChoose(user.username)}
              className="flex w-full items-center gap-3 rounded-ui px-2 py-2 text-left hover:bg-hover disabled:opacity-50"
            >
              <Avatar id={user.username} name={user.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-body text-ink">{user.name}</span>
                <span className="block truncate text-small text-ink-3">{user.username}</span>
              </span>
              <span className="text-small text-ink-3">
                {BuiltInRole.array()
                  .catch([])
                  .parse(user.roles)
                  .map((role) => t(`agent.role.${role}`))
                  .join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
