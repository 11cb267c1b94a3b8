import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { formatCount } from "./format.ts";

export interface Tab<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly count?: number;
  /** Left out when the tabs only filter what another part of the screen shows. */
  readonly content?: ReactNode;
}

interface TabsProps<V extends string> {
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly tabs: readonly Tab<V>[];
  readonly label: string;
  readonly className?: string;
}

export function Tabs<V extends string>({ value, onChange, tabs, label, className }: TabsProps<V>) {
  const choose = (next: string) => {
    const tab = tabs.find((candidate) => candidate.value === next);
    if (tab) onChange(tab.value);
  };
  return (
    <Radix.Root
      value={value}
      onValueChange={choose}
      className={cn("flex min-h-0 min-w-0 flex-col", className)}
    >
      <Radix.List
        aria-label={label}
        className="flex shrink-0 gap-2 overflow-x-auto border-b border-line px-2"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="focus-inset -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-1 border-transparent text-body text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {/* As wide as it is when chosen, so that choosing moves no neighbour. */}
            <span
              data-label={tab.label}
              className="flex flex-col items-center after:invisible after:h-0 after:overflow-hidden after:font-medium after:content-[attr(data-label)]"
            >
              {tab.label}
            </span>
            {tab.count !== undefined && (
              <span className="tabular text-small font-normal text-ink-3">{formatCount(tab.count)}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        // A tab must point at a panel that exists, even when what it filters is elsewhere.
        <Radix.Content
          key={tab.value}
          value={tab.value}
          {...(tab.content === undefined
            ? { tabIndex: -1, className: "hidden" }
            : { className: "min-h-0 flex-1 outline-offset-[-2px]" })}
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
