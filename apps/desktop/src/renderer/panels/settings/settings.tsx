import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectTroubledAccounts } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { rovingKeys } from "../../ui/roving.ts";
import { telephony } from "./places.ts";
import { type SettingsSection, sectionFor, sectionsFor } from "./sections.ts";

export default function Settings() {
  const permissions = useSelect((s) => s.session.permissions);
  const wanted = useSelect((s) => (s.ui.route.name === "settings" ? s.ui.route.section : null));
  const phone = useSelect(telephony.phone);
  const calls = useSelect(telephony.calls);
  const asked = { permissions, phone, calls };
  const current = sectionFor(wanted, asked);
  const Body = current?.body;
  return (
    <div className="flex h-full bg-surface">
      <Places sections={sectionsFor(asked)} currentId={current?.id ?? null} />
      <div className="min-w-0 flex-1">{Body && <Body key={current.id} />}</div>
    </div>
  );
}

interface PlacesProps {
  readonly sections: readonly SettingsSection[];
  readonly currentId: string | null;
}

const groups = ["own", "shared"] as const;

function Places({ sections, currentId }: PlacesProps) {
  const t = useT();
  return (
    <nav
      aria-label={t("settings.title")}
      data-roving-list
      className="w-56 shrink-0 overflow-y-auto border-r border-line bg-canvas px-2 pt-6 pb-3"
    >
      <h1 className="px-2 pb-2 text-title font-semibold">{t("settings.title")}</h1>
      {groups.map((group) => {
        const ofGroup = sections.filter((section) => section.group === group);
        return (
          ofGroup.length > 0 && (
            <section key={group} aria-label={t(`admin.group.${group}`)} className="mb-3">
              <h2 className="px-2 py-1 text-small font-medium text-ink-3">{t(`admin.group.${group}`)}</h2>
              <ul>
                {ofGroup.map((section) => (
                  <li key={section.id}>
                    <Place section={section} isCurrent={section.id === currentId} />
                  </li>
                ))}
              </ul>
            </section>
          )
        );
      })}
    </nav>
  );
}

interface PlaceProps {
  readonly section: SettingsSection;
  readonly isCurrent: boolean;
}

function Place({ section, isCurrent }: PlaceProps) {
  const t = useT();
  const client = useClient();
  const troubled = useSelect((s) => (section.id === "channels" ? selectTroubledAccounts(s).length : 0));
  const Icon = section.icon;
  return (
    <button
      type="button"
      data-roving
      tabIndex={isCurrent ? 0 : -1}
      onKeyDown={rovingKeys}
      aria-current={isCurrent ? "page" : undefined}
      onClick={() => navigate(client, { name: "settings", section: section.id })}
      className={cn(
        "focus-inset flex h-8 w-full items-center gap-2 rounded-ui px-2 text-left text-body",
        isCurrent ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
      )}
    >
      <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{t(section.label)}</span>
      {troubled > 0 && (
        <span className="tabular inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-red px-1 text-small leading-none font-semibold text-on-red">
          <span aria-hidden>{troubled}</span>
          <span className="sr-only">{t("admin.channels.troubled", { count: troubled })}</span>
        </span>
      )}
    </button>
  );
}
