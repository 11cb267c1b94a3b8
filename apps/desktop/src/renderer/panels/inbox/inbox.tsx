import { useCallback, useEffect, useRef } from "react";
import type { Client } from "../../actions/client.ts";
import { loadInbox, loadMoreInbox } from "../../actions/load-inbox.ts";
import { focusOn } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { drop } from "../../actions/run.ts";
import { type Loaded, useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { filterKey } from "../../state/inbox-filter.ts";
import {
  mineFilter,
  selectList,
  selectOpenId,
  selectParkedFrom,
  selectRows,
  waitingFilter,
} from "../../state/selectors.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList, type VirtualListHandle } from "../../ui/virtual-list.tsx";
import { useFocusWish } from "../use-focus-wish.ts";
import { causeText } from "../words.ts";
import { InboxEmpty } from "./inbox-empty.tsx";
import { InboxHeader } from "./inbox-header.tsx";
import { InboxRow } from "./inbox-row.tsx";
import { parkedHeading } from "./parked-heading.tsx";
import { Paused } from "./paused.tsx";
import { SearchResults } from "./search-results.tsx";

const rowHeight = 56;
const loadShown = (client: Client) => loadInbox(client, client.store.getState().inbox.filter);
const keyOf = (id: string) => id;

export default function Inbox() {
  const t = useT();
  const isSearching = useSelect((s) => s.inbox.search.status !== "idle");
  return (
    <section aria-label={t("inbox.title")} className="flex h-full min-w-0 flex-col bg-surface">
      <h1 className="sr-only">{t("inbox.title")}</h1>
      <InboxHeader />
      <div className="min-h-0 flex-1">{isSearching ? <SearchResults /> : <Rows />}</div>
    </section>
  );
}

function Rows() {
  const t = useT();
  const client = useClient();
  const runAction = useRun();
  const filter = useSelect((s) => s.inbox.filter);
  const rows = useSelect(selectRows);
  const parkedFrom = useSelect(selectParkedFrom);
  const status = useSelect((s) => selectList(s, s.inbox.filter)?.status ?? "idle");
  const connection = useSelect((s) => s.connection.status);
  const openId = useSelect(selectOpenId);
  const list = useRef<VirtualListHandle>(null);
  const { failure, retry } = useInboxLoaded();
  useShortcuts({
    "list.next": () => list.current?.move(1),
    "list.previous": () => list.current?.move(-1),
    "list.open": () => focusOn(client, "composer"),
  });
  const isFirstLoad = rows.length === 0 && (status === "idle" || status === "loading");
  useFocusWish("list", () => list.current?.focus(), !isFirstLoad);
  const select = useCallback((id: string) => openConversation(client, id), [client]);

  if (status === "failed")
    return (
      <ErrorState
        title={t("inbox.loadFailed")}
        body={failure === null ? "" : causeText(failure, t)}
        onRetry={retry}
      />
    );
  if (isFirstLoad && connection !== "offline")
    return (
      <div aria-busy="true">
        <span className="sr-only">{t("common.loading")}</span>
        <SkeletonRows count={8} />
      </div>
    );
  return (
    <div className="flex h-full flex-col">
      {(filter.view !== "mine" || rows.length > 0) && <Paused />}
      <div className="min-h-0 flex-1">
        <VirtualList
          key={filterKey(filter)}
          ref={list}
          items={rows}
          getKey={keyOf}
          rowHeight={rowHeight}
          label={t("inbox.list")}
          selectedKey={openId}
          onSelect={select}
          onOpen={() => focusOn(client, "composer")}
          onNearEnd={() => runAction((c) => loadMoreInbox(c, filter))}
          {...(parkedFrom === null ? {} : { heading: parkedHeading(parkedFrom) })}
          renderRow={(id, { selected }) => <InboxRow id={id} selected={selected} />}
          empty={<InboxEmpty filter={filter} isOffline={isFirstLoad} />}
        />
      </div>
    </div>
  );
}

/** The list on screen, and the two that the numbers on the tabs and the badge are counted from. */
function useInboxLoaded(): Loaded {
  const client = useClient();
  const key = useSelect((s) => filterKey(s.inbox.filter));
  const epoch = useSelect((s) => s.connection.epoch);
  const isLive = useSelect((s) => s.connection.status === "live");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is a reason to load again
  useEffect(() => {
    if (!isLive) return;
    // A list that is not on screen is asked for again when it comes there, and tells then.
    for (const each of [mineFilter, waitingFilter])
      if (filterKey(each) !== key) drop(loadInbox(client, each));
  }, [client, key, isLive, epoch]);
  return useLoaded(key, loadShown);
}
