import { useT } from "../../i18n/index.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cn } from "../../ui/cn.ts";
import type { DialRow } from "./use-rows.ts";

interface RowsProps {
  readonly id: string;
  readonly label: string;
  /** Said where there is none. */
  readonly empty: string;
  readonly rows: readonly DialRow[];
  readonly lit: number;
  readonly onChoose: (row: DialRow) => void;
}

/** Whom one may mean; the arrow keys of the box walk through it. */
export function Rows({ id, label, empty, rows, lit, onChoose }: RowsProps) {
  const t = useT();
  return (
    <div className="min-w-0 flex-1">
      <p className="mb-1 text-small font-medium text-ink-3">{label}</p>
      {rows.length === 0 && <p className="py-2 text-small text-ink-3">{empty}</p>}
      <div id={id} role="listbox" aria-label={label} className="max-h-52 overflow-y-auto">
        {rows.map((row, at) => (
          <div
            key={row.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === lit}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(row)}
            onKeyDown={undefined}
            className={cn(
              "flex h-10 items-center gap-2 rounded-tight px-2 hover:bg-hover",
              at === lit && "bg-selected",
            )}
          >
            <Avatar id={row.id} name={row.name ?? row.number} size="small" />
            <span className="min-w-0 flex-1 truncate">{row.name ?? t("dial.unknown")}</span>
            <span className="tabular shrink-0 text-small text-ink-3">{row.number}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
