import { useT } from "../../i18n/index.ts";
import { formatDateTime } from "../../ui/format.ts";
import { useTicking } from "../../ui/ticker.ts";
import { relativeText } from "../../ui/time.tsx";

interface FactProps {
  readonly label: string;
  readonly value: React.ReactNode;
}

/** A line of a list of facts. */
export function Fact({ label, value }: FactProps) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 text-ink-2">{value}</dd>
    </>
  );
}

/** How long ago, and when. */
export function When({ at }: { readonly at: number }) {
  const t = useT();
  const text = useTicking((now) => relativeText(at, now, t));
  return (
    <time dateTime={new Date(at).toISOString()}>
      {text} ({formatDateTime(at)})
    </time>
  );
}
