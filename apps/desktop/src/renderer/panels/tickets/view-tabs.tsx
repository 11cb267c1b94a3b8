import type { TicketFilter, TicketQuery } from "@tongdai/shared";
import { BookmarkPlus, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { focusOn, openDialog } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { removeFilter, saveFilter } from "../../actions/save-filter.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { AlertDialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { DropdownMenu } from "../../ui/menu.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { type Tab, Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { FilterNameDialog } from "./filter-name-dialog.tsx";
import { builtIns, cleanQuery, firstQuery, isNarrow, viewOf } from "./views.ts";

interface ViewTabsProps {
  readonly query: TicketQuery;
  readonly onQuery: (query: TicketQuery) => void;
}

/** The usual questions, one's own saved ones, and the one that is being put together. */
export function ViewTabs({ query, onQuery }: ViewTabsProps) {
  const t = useT();
  const client = useClient();
  const filters = useSelect((s) => s.tickets.filters);
  const saved = useMemo(() => Object.values(filters).sort((a, b) => a.name.localeCompare(b.name)), [filters]);
  const view = viewOf(query, saved);
  const [naming, setNaming] = useState<"new" | TicketFilter | null>(null);
  const current = saved.find((filter) => filter.id === view);
  const tabs: Tab<string>[] = [
    ...builtIns.map(({ id, label }) => ({ value: id, label: t(label) })),
    ...saved.map(({ id, name }) => ({ value: id, label: neutralise(name) })),
    ...(view === "custom" ? [{ value: "custom", label: t("record.views.custom") }] : []),
  ];
  const choose = (id: string) => {
    const found = builtIns.find((v) => v.id === id) ?? saved.find((f) => f.id === id);
    if (found) onQuery(found.query);
  };
  return (
    <div className="flex shrink-0 items-end pt-1">
      <Tabs label={t("ticket.views.label")} value={view} onChange={choose} tabs={tabs} className="flex-1" />
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line px-4">
        {view === "custom" && isNarrow(query) && (
          <Button size="small" variant="ghost" icon={BookmarkPlus} onClick={() => setNaming("new")}>
            {t("ticket.views.save")}
          </Button>
        )}
        {current && (
          <FilterMenu
            filter={current}
            onRename={() => setNaming(current)}
            onRemoved={() => onQuery(firstQuery)}
          />
        )}
        <Button
          size="small"
          variant="primary"
          icon={Plus}
          shortcut="ticket"
          onClick={() => openDialog(client, { kind: "customer_ticket", customerId: null })}
        >
          {t("ticket.create")}
        </Button>
      </div>
      {naming !== null && (
        <FilterNameDialog
          filter={naming === "new" ? null : naming}
          query={naming === "new" ? cleanQuery(query) : naming.query}
          onClose={() => {
            setNaming(null);
            // The button that opened it may have gone.
            focusOn(client, "list");
          }}
        />
      )}
    </div>
  );
}

interface FilterMenuProps {
  readonly filter: TicketFilter;
  readonly onRename: () => void;
  readonly onRemoved: () => void;
}

function FilterMenu({ filter, onRename, onRemoved }: FilterMenuProps) {
  const t = useT();
  const run = useRun();
  const [asking, setAsking] = useState(false);
  const remove = () =>
    run(async (client) => {
      await removeFilter(client, filter.id);
      onRemoved();
      focusOn(client, "list");
      toast(t("record.removed", { name: neutralise(filter.name) }), {
        action: {
          label: t("common.undo"),
          onClick: () => run((c) => saveFilter(c, { name: filter.name, query: filter.query })),
        },
      });
    });
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={<IconButton icon={Ellipsis} size="small" label={t("common.more")} />}
        entries={[
          { id: "rename", label: t("ticket.views.rename"), icon: Pencil, onSelect: onRename },
          {
            id: "remove",
            label: t("ticket.views.delete"),
            icon: Trash2,
            danger: true,
            onSelect: () => setAsking(true),
          },
        ]}
      />
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("record.removeFilterTitle", { name: neutralise(filter.name) })}
        body={t("record.removeFilterBody")}
        confirm={t("common.remove")}
        danger
        onConfirm={remove}
      />
    </>
  );
}
