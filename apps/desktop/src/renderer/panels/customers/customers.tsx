import { Search, SearchX, Users, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { focusOn, navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { askForCustomers } from "../../actions/search-customers.ts";
import { useT } from "../../i18n/index.ts";
import { isComposing } from "../../ui/composing.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { LoadState } from "../../ui/load-state.tsx";
import { isTyping } from "../../ui/shortcuts.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList, type VirtualListHandle } from "../../ui/virtual-list.tsx";
import { useFocusWish } from "../use-focus-wish.ts";
import { causeText } from "../words.ts";
import { CustomerRow } from "./customer-row.tsx";
import { type Found, useCustomers } from "./use-customers.ts";

export default function Customers() {
  const t = useT();
  const client = useClient();
  const query = useSelect((s) => s.customers.query);
  const found = useCustomers(query);
  const list = useRef<VirtualListHandle>(null);
  return (
    <section aria-label={t("customer.title")} className="flex h-full min-w-0 flex-col bg-surface">
      <h1 className="sr-only">{t("customer.title")}</h1>
      <SearchBox
        query={query}
        onQuery={(text) => askForCustomers(client, text)}
        onLeave={() => list.current?.focus()}
      />
      <div className="min-h-0 flex-1" aria-busy={found.status === "loading"}>
        <Rows found={found} query={query} list={list} />
      </div>
    </section>
  );
}

interface SearchBoxProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onLeave: () => void;
}

function SearchBox({ query, onQuery, onLeave }: SearchBoxProps) {
  const t = useT();
  const box = useRef<HTMLInputElement>(null);
  useShortcuts({
    search: () => {
      box.current?.focus();
      box.current?.select();
    },
  });
  return (
    <search className="shrink-0 border-b border-line px-3 py-2.5">
      <Input
        ref={box}
        icon={Search}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape") onQuery("");
          else if (event.key !== "ArrowDown" && event.key !== "Enter") return;
          event.preventDefault();
          event.stopPropagation();
          onLeave();
        }}
        aria-label={t("record.searchCustomers")}
        placeholder={t("record.searchCustomersHint")}
        trailing={
          query ? (
            <IconButton icon={X} size="small" label={t("desk.search.end")} onClick={() => onQuery("")} />
          ) : (
            <Kbd keys="/" />
          )
        }
      />
    </search>
  );
}

const rowHeight = 56;
const keyOf = (id: string) => id;

interface RowsProps {
  readonly found: Found;
  readonly query: string;
  readonly list: React.RefObject<VirtualListHandle | null>;
}

function Rows({ found, query, list }: RowsProps) {
  const t = useT();
  const client = useClient();
  const openId = useSelect((s) => (s.ui.route.name === "customers" ? s.ui.route.customerId : null));
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const open = (customerId: string) => navigate(client, { name: "customers", customerId });
  useShortcuts({
    "list.next": () => list.current?.move(1),
    "list.previous": () => list.current?.move(-1),
  });
  const focusList = () => {
    if (!isTyping(document.activeElement)) list.current?.focus();
  };
  useFocusWish("list", focusList, found.ids.length > 0);
  useEffect(() => focusOn(client, "list"), [client]);
  if (found.ids.length === 0) {
    if (found.failure !== null || found.status !== "ready")
      return (
        <LoadState
          failure={found.failure}
          title={t("record.customersFailed")}
          reason={(cause) => causeText(cause, t)}
          onRetry={found.retry}
          offline={isOffline}
          className=""
          skeleton={<SkeletonRows count={8} />}
        />
      );
    if (query.trim() !== "")
      return <EmptyState icon={SearchX} title={t("common.noResultsFor", { query: query.trim() })} />;
    return (
      <EmptyState icon={Users} title={t("customer.empty.listTitle")} body={t("customer.empty.listBody")} />
    );
  }
  return (
    <VirtualList
      key={found.query}
      ref={list}
      items={found.ids}
      getKey={keyOf}
      rowHeight={rowHeight}
      label={t("customer.list")}
      selectedKey={openId}
      onSelect={open}
      onNearEnd={found.more}
      renderRow={(id, { selected }) => <CustomerRow id={id} query={found.query} selected={selected} />}
    />
  );
}
