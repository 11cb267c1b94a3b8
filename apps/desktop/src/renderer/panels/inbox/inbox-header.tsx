import { type ChannelId, InboxOrder, type InboxView } from "@tongdai/shared";
import { ListFilter, MessageSquarePlus, Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { orderInbox, setInboxFilter } from "../../actions/load-inbox.ts";
import { focusOn, openDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { search } from "../../actions/search.ts";
import { useT } from "../../i18n/index.ts";
import { mayBegin } from "../../state/accounts.ts";
import { mineFilter, selectList, waitingFilter } from "../../state/selectors.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { isComposing } from "../../ui/composing.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { DropdownMenu, type MenuEntry } from "../../ui/menu.tsx";
import { Tabs } from "../../ui/tabs.tsx";

export function InboxHeader() {
  return (
    <header className="shrink-0">
      <div className="flex items-center gap-1 px-3 pt-2.5 pb-1.5">
        <SearchBox />
        <FilterMenu />
        <Begin />
      </div>
      <Views />
    </header>
  );
}

function Begin() {
  const t = useT();
  const client = useClient();
  if (!useSelect(mayBegin)) return null;
  return (
    <IconButton
      icon={MessageSquarePlus}
      label={t("begin.title")}
      shortcut="conversation.new"
      onClick={() => openDialog(client, { kind: "new_conversation" })}
    />
  );
}

function SearchBox() {
  const t = useT();
  const client = useClient();
  const query = useSelect((s) => s.inbox.search.query);
  const wish = useSelect((s) => s.ui.focus);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wish.target === "search") box.current?.select();
  }, [wish]);
  const leave = () => {
    search(client, "");
    // Where the list is empty nothing takes the focus, and single keys would go on being typed here.
    box.current?.blur();
    focusOn(client, "list");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Escape") leave();
    else if (event.key === "ArrowDown" || event.key === "Enter") focusOn(client, "list");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="min-w-0 flex-1">
      <Input
        ref={box}
        icon={Search}
        value={query}
        onChange={(e) => search(client, e.target.value)}
        onKeyDown={onKeyDown}
        aria-label={t("desk.search.label")}
        placeholder={t("common.search")}
        trailing={
          query ? (
            <IconButton icon={X} size="small" label={t("desk.search.end")} onClick={leave} />
          ) : (
            <Kbd keys="/" />
          )
        }
      />
    </search>
  );
}

const views = ["mine", "waiting", "open", "all"] as const satisfies readonly InboxView[];

function Views() {
  const t = useT();
  const client = useClient();
  const view = useSelect((s) => s.inbox.filter.view);
  const mine = useSelect((s) => selectList(s, mineFilter)?.ids.length ?? 0);
  const waiting = useSelect((s) => selectList(s, waitingFilter)?.ids.length ?? 0);
  const labels = {
    mine: t("inbox.filters.mine"),
    waiting: t("inbox.filters.waiting"),
    open: t("desk.view.open"),
    all: t("inbox.filters.all"),
  };
  const counts: { readonly [V in InboxView]?: number } = { mine, waiting };
  return (
    <Tabs
      label={t("inbox.filters.label")}
      value={view}
      onChange={(next) => setInboxFilter(client, { view: next })}
      tabs={views.map((value) => ({
        value,
        label: labels[value],
        ...(counts[value] ? { count: counts[value] } : {}),
      }))}
    />
  );
}

function FilterMenu() {
  const t = useT();
  const client = useClient();
  const filter = useSelect((s) => s.inbox.filter);
  const channels = useSelect((s) => s.people.channels);
  const isOrdered = filter.view !== "all" && filter.order !== "urgent";
  const isFiltered = isOrdered || filter.unread || filter.mentioned || filter.channel !== null;
  const channelEntry = (id: ChannelId): MenuEntry => ({
    id,
    label: t(`common.channel.${id}`),
    icon: <ChannelIcon channel={id} decorative />,
    checked: filter.channel === id,
    onSelect: () => setInboxFilter(client, { channel: id }),
  });
  const orderEntry = (order: InboxOrder): MenuEntry => ({
    id: order,
    label: t(`inbox.order.${order}`),
    checked: filter.order === order,
    onSelect: () => orderInbox(client, order),
  });
  // What is over has no urgency: all conversations stand newest first.
  const orders: MenuEntry[] = [
    { kind: "line", id: "orders" },
    { kind: "title", id: "order", label: t("inbox.order.label") },
    ...InboxOrder.options.map(orderEntry),
  ];
  const entries: MenuEntry[] = [
    {
      id: "unread",
      label: t("desk.view.unreadOnly"),
      checked: filter.unread,
      onSelect: () => setInboxFilter(client, { unread: !filter.unread }),
    },
    {
      id: "mentioned",
      label: t("inbox.mentioned"),
      checked: filter.mentioned,
      // Mostly other people's work: among one's own there would be little to see.
      onSelect: () =>
        setInboxFilter(client, filter.mentioned ? { mentioned: false } : { mentioned: true, view: "all" }),
    },
    ...(filter.view === "all" ? [] : orders),
    { kind: "line", id: "line" },
    { kind: "title", id: "title", label: t("inbox.channelFilter") },
    {
      id: "every",
      label: t("desk.view.allChannels"),
      checked: filter.channel === null,
      onSelect: () => setInboxFilter(client, { channel: null }),
    },
    ...Object.values(channels).map((c) => channelEntry(c.id)),
  ];
  return (
    <DropdownMenu
      align="end"
      entries={entries}
      trigger={<IconButton icon={ListFilter} label={t("inbox.filters.label")} pressed={isFiltered} />}
    />
  );
}
