import { type CapacityRule, WorkKind } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { Checkbox } from "../../ui/toggles.tsx";

type Interrupts = CapacityRule["interrupts"];

interface InterruptMatrixProps {
  readonly value: Interrupts;
  readonly onChange: (value: Interrupts) => void;
}

/** Rows are what comes in, columns what the person has in hand. */
export function InterruptMatrix({ value, onChange }: InterruptMatrixProps) {
  const t = useT();
  const kindOf = (kind: WorkKind) => t(`rules.capacity.kind.${kind}`);
  return (
    <div>
      <h3 id="interrupts" className="text-small font-medium text-ink-2">
        {t("rules.capacity.interrupts")}
      </h3>
      <p className="mb-2 text-small text-ink-3">{t("rules.capacity.interruptsHint")}</p>
      <table
        aria-labelledby="interrupts"
        className="w-full table-fixed rounded-ui border border-line text-body"
      >
        <thead>
          <tr className="h-8 border-b border-line text-left text-small text-ink-3">
            <th scope="col" className="px-3 font-medium">
              {t("rules.capacity.incoming")}
            </th>
            {WorkKind.options.map((kind) => (
              <th key={kind} scope="col" className="px-3 font-medium first-letter:uppercase">
                {t("rules.capacity.inHand", { kind: kindOf(kind) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WorkKind.options.map((by) => (
            <tr key={by} className="h-9 border-b border-line last:border-0">
              <th scope="row" className="px-3 text-left font-medium first-letter:uppercase">
                {kindOf(by)}
              </th>
              {WorkKind.options.map((over) => (
                <td key={over} className="px-3">
                  {by === over ? (
                    <span title={t("rules.capacity.same")} className="text-ink-3">
                      <span aria-hidden>–</span>
                      <span className="sr-only">{t("rules.capacity.same")}</span>
                    </span>
                  ) : (
                    <Checkbox
                      checked={value.some((pair) => pair.by === by && pair.over === over)}
                      onChange={(on) => onChange(withPair(value, { by, over }, on))}
                      label={
                        <span className="sr-only">
                          {t("rules.capacity.over", { by: kindOf(by), over: kindOf(over) })}
                        </span>
                      }
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function withPair(value: Interrupts, pair: Interrupts[number], on: boolean): Interrupts {
  const others = value.filter(({ by, over }) => by !== pair.by || over !== pair.over);
  return on ? [...others, pair] : others;
}
