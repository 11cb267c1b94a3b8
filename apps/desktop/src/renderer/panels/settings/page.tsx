import type { ReactNode, Ref } from "react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { causeText } from "../words.ts";

interface PageProps {
  readonly title: string;
  readonly lead?: string;
  readonly action?: ReactNode;
  readonly isWide?: boolean;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

/** One section of the settings: what it is about, the one thing to do, and below it the rest. */
export function Page({ title, lead, action, isWide = false, ref, children }: PageProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list without anything to press is scrolled by keyboard
    <section ref={ref} aria-label={title} tabIndex={0} className="h-full overflow-y-auto focus-inset">
      <div className={cn("px-8 py-6", isWide ? "max-w-260" : "max-w-180")}>
        <header className="mb-5 flex items-start gap-4">
          <div className="min-w-0 flex-1">
            <h2 className="text-title font-semibold">{title}</h2>
            {lead && <p className="mt-0.5 text-body text-pretty text-ink-3">{lead}</p>}
          </div>
          {action}
        </header>
        {children}
      </div>
    </section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function Group({ title, children }: GroupProps) {
  return (
    <section aria-label={title} className="mb-6">
      <h3 className="mb-2 text-small font-medium text-ink-3">{title}</h3>
      {children}
    </section>
  );
}

/** A list of things in one frame, a hairline between them. */
export const frame = "divide-y divide-line overflow-hidden rounded-ui border border-line";

interface FailedProps {
  readonly title: string;
  readonly failure: unknown;
  readonly onRetry: () => void;
}

export function Failed({ title, failure, onRetry }: FailedProps) {
  const t = useT();
  return <ErrorState title={title} kept={causeText(failure, t)} onRetry={onRetry} />;
}

const widths = ["w-2/5", "w-3/5", "w-1/2", "w-1/3"];

export function LoadingRows() {
  const t = useT();
  return (
    <div aria-busy="true" className={frame}>
      <span className="sr-only">{t("common.loading")}</span>
      {widths.map((width) => (
        <div key={width} className="flex h-14 items-center px-4">
          <Skeleton className={cn("h-3", width)} />
        </div>
      ))}
    </div>
  );
}
