import { cn } from "./cn.ts";

/** Stands where content will be, on the first load only. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-breathe rounded-tight bg-sunken", className)} />;
}

/** Rows of the inbox before there are any. */
export function SkeletonRows({ count = 6 }: { readonly count?: number }) {
  return (
    <div aria-hidden className="flex flex-col">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} className="flex h-14 items-center gap-3 px-3">
          <Skeleton className="size-8 shrink-0 rounded-full" />
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Lines of text before there are any. */
export const SkeletonLines = ({ widths }: { readonly widths: readonly string[] }) =>
  widths.map((width) => <Skeleton key={width} className={cn("h-3", width)} />);
