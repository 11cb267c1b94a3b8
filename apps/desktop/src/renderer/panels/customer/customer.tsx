import type { Customer } from "@tongdai/shared";
import { UserRound, UserX } from "lucide-react";
import { loadCustomer } from "../../actions/load-customer.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { routeId } from "../../state/route.ts";
import { selectCustomer, selectCustomerId } from "../../state/selectors.ts";
import { LoadState } from "../../ui/load-state.tsx";
import { Skeleton, SkeletonLines } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { causeText } from "../words.ts";
import { Narrow, Wide } from "./layouts.tsx";

export default function CustomerPanel() {
  const t = useT();
  const id = useSelect(selectCustomerId);
  const isWide = useSelect((s) => s.ui.route.name === "customers");
  // A conversation that is still on its way has not told whose it is.
  const isChosen = useSelect((s) => routeId(s.ui.route) !== null);
  return (
    <section aria-label={t("customer.panel")} className="flex h-full min-w-0 flex-col bg-surface">
      {id ? <Opened key={id} id={id} isWide={isWide} /> : !isChosen && <NoneChosen />}
    </section>
  );
}

function NoneChosen() {
  const t = useT();
  return (
    <EmptyState
      icon={UserRound}
      title={t("customer.empty.noneTitle")}
      body={t("customer.empty.noneBody")}
      className="m-auto"
    />
  );
}

interface OpenedProps {
  readonly id: string;
  readonly isWide: boolean;
}

function Opened({ id, isWide }: OpenedProps) {
  const t = useT();
  const customer = useSelect((s) => selectCustomer(s, id));
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { failure, retry } = useLoaded(id, loadCustomer, true);
  if (customer) return <Shown customer={customer} isWide={isWide} />;
  return (
    <LoadState
      failure={failure}
      title={t("customer.loadFailed")}
      reason={(cause) => causeText(cause, t)}
      onRetry={retry}
      offline={isOffline}
      gone={{ icon: UserX, title: t("record.customerGone") }}
      skeleton={<Outline />}
    />
  );
}

interface ShownProps {
  readonly customer: Customer;
  readonly isWide: boolean;
}

const Shown = ({ customer, isWide }: ShownProps) =>
  isWide ? <Wide customer={customer} /> : <Narrow customer={customer} />;

function Outline() {
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 shrink-0 rounded-full" />
        <Skeleton className="h-5 w-1/2" />
      </div>
      <SkeletonLines widths={["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2", "w-5/6", "w-2/3"]} />
    </div>
  );
}
