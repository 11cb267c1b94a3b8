import type { Customer } from "@tongdai/shared";
import { useRef } from "react";
import { Attributes } from "./attributes.tsx";
import { Head } from "./head.tsx";
import { Identities } from "./identities.tsx";
import { OpenTickets } from "./open-tickets.tsx";
import { Owner } from "./owner.tsx";
import { Suggestions } from "./suggestions.tsx";
import { Tags } from "./tags.tsx";
import { Timeline } from "./timeline.tsx";

interface LayoutProps {
  readonly customer: Customer;
}

/** Beside a conversation: one column, one scroll. */
export function Narrow({ customer }: LayoutProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
      <Head customer={customer} />
      <Suggestions customer={customer} />
      <Tags customer={customer} />
      <Owner customer={customer} />
      <Identities customer={customer} />
      <Attributes customer={customer} />
      <OpenTickets customer={customer} />
      <Timeline customerId={customer.id} scroller={box} />
    </div>
  );
}

/** On its own: what is known at the left, what happened at the right. */
export function Wide({ customer }: LayoutProps) {
  const box = useRef<HTMLDivElement>(null);
  return (
    <div className="flex min-h-0 flex-1">
      <div className="w-80 shrink-0 overflow-y-auto border-r border-line xl:w-96">
        <Head customer={customer} isWide />
        <Suggestions customer={customer} />
        <Tags customer={customer} />
        <Owner customer={customer} />
        <Identities customer={customer} />
        <Attributes customer={customer} />
        <OpenTickets customer={customer} />
      </div>
      <div ref={box} className="min-w-0 flex-1 overflow-y-auto">
        <Timeline customerId={customer.id} scroller={box} isWide />
      </div>
    </div>
  );
}
