import { AppError, type Customer } from "@tongdai/shared";
import { UserRound, UserX, WifiOff } from "lucide-react";
import { loadCustomer } from "../../actions/load-customer.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectCustomer, selectCustomerId } from "../../state/selectors.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { causeText } from "../words.ts";
import { Narrow, Wide } from "./layouts.tsx";

export default function CustomerPanel() {
  const t = useT();
  const id = useSelect(selectCustomerId);
  const isWide = useSelect((s) => s.ui.route.name === "customers");
  return (
    <section aria-label={t("customer.panel")} className="flex h-full min-w-0 flex-col bg-surface">
      {id ? <Opened key={id} id={id} isWide={isWide} /> : <NoneChosen />}
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
  if (failure instanceof AppError && failure.code === "not_found")
    return <EmptyState icon={UserX} title={t("record.customerGone")} className="m-auto" />;
  if (failure !== null)
    return (
      <ErrorState
        title={t("customer.loadFailed")}
        kept={causeText(failure, t)}
        onRetry={retry}
        className="m-auto"
      />
    );
  if (isOffline)
    return (
      <EmptyState
        icon={WifiOff}
        title={t("desk.list.offlineTitle")}
        body={t("record.offline")}
        className="m-auto"
      />
    );
  return <Loading />;
}

interface ShownProps {
  readonly customer: Customer;
  readonly isWide: boolean;
}

const Shown = ({ customer, isWide }: ShownProps) =>
  isWide ? <Wide customer={customer} /> : <Narrow customer={customer} />;

const lines = ["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2", "w-5/6", "w-2/3"];

function Loading() {
  const t = useT();
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      <span className="sr-only">{t("common.loading")}</span>
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 shrink-0 rounded-full" />
        <Skeleton className="h-5 w-1/2" />
      </div>
      {lines.map((width) => (
        <Skeleton key={width} className={`h-3 ${width}`} />
      ))}
    </div>
  );
}
