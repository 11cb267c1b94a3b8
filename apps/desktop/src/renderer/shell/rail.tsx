import { goTo } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import type { Panel } from "../panels/panel.ts";
import { can } from "../state/selectors.ts";
import { cn } from "../ui/cn.ts";
import { formatCount } from "../ui/format.ts";
import { ariaKeys, isMac } from "../ui/shortcuts.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { AccountMenu } from "./account-menu.tsx";
import { AgentStateSwitch } from "./agent-state-switch.tsx";
import { panels } from "./panels.ts";

type RailEntry = NonNullable<Panel["rail"]>;

const entries: readonly RailEntry[] = panels.map((panel) => panel.rail).filter((rail) => rail !== undefined);

export function Rail() {
  const t = useT();
  const client = useClient();
  useShortcuts(
    Object.fromEntries(entries.map(({ shortcut, route }) => [shortcut, () => goTo(client, route)])),
  );
  return (
    <nav
      aria-label={t("common.nav.label")}
      className="flex w-12 shrink-0 flex-col items-center gap-1 border-r border-line bg-canvas py-2"
    >
      {entries
        .filter((entry) => !entry.atFoot)
        .map((entry) => (
          <Entry key={entry.route} entry={entry} />
        ))}
      <span className="flex-1" />
      {entries
        .filter((entry) => entry.atFoot)
        .map((entry) => (
          <Entry key={entry.route} entry={entry} />
        ))}
      <AccountMenu />
      <AgentStateSwitch />
    </nav>
  );
}

function Entry({ entry }: { readonly entry: RailEntry }) {
  const t = useT();
  const client = useClient();
  const isHere = useSelect((s) => s.ui.route.name === entry.route);
  const isAllowed = useSelect((s) => entry.permission === null || can(s, entry.permission));
  const count = useSelect((s) => entry.count?.(s) ?? 0);
  const mentions = useSelect((s) => entry.mentions?.(s) ?? 0);
  if (!isAllowed) return null;
  const Icon = entry.icon;
  return (
    <Tooltip label={t(entry.label)} shortcut={entry.shortcut} side="right">
      <button
        type="button"
        aria-label={[
          t(entry.label),
          ...(count > 0 ? [t("desk.shell.unread", { count })] : []),
          ...(mentions > 0 ? [t("desk.shell.mentions", { count: mentions })] : []),
        ].join(", ")}
        aria-current={isHere ? "page" : undefined}
        aria-keyshortcuts={ariaKeys(entry.shortcut, isMac)}
        onClick={() => goTo(client, entry.route)}
        className={cn(
          "relative flex size-9 items-center justify-center rounded-ui",
          isHere ? "bg-selected text-accent-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
        )}
      >
        <Icon size={20} strokeWidth={1.75} aria-hidden />
        {count > 0 && (
          <span
            aria-hidden
            className="tabular absolute -top-0.5 -right-1 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent"
          >
            {formatCount(count)}
          </span>
        )}
        {mentions > 0 && (
          <span
            aria-hidden
            className="tabular absolute -right-1 -bottom-0.5 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-surface px-1 text-[10px] leading-none font-semibold text-accent-ink shadow-[inset_0_0_0_1px_var(--accent)]"
          >
            @{formatCount(mentions)}
          </span>
        )}
      </button>
    </Tooltip>
  );
}
