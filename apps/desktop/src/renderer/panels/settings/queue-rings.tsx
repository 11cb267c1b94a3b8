import { Plus, X } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { asNumber } from "../numbers.ts";
import { NumberField } from "./number-field.tsx";
import { newKey, type RingDraft } from "./queue-draft.ts";
import { type QueuePartProps, withLine, withoutLine } from "./queue-part.ts";
import { SkillNeeds } from "./skill-needs.tsx";

const most = 10;
/** How much later a new ring begins than the one before, until it is changed. */
const stepSeconds = 30;

/** Whom the queue asks, from which waiting time on. */
export function QueueRings({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const hasSkills = useSelect((s) => Object.keys(s.people.skills).length > 0);
  const { rings } = draft;
  const add = () => {
    const last = asNumber(rings.at(-1)?.after ?? "0");
    const after = String((Number.isNaN(last) ? 0 : last) + stepSeconds);
    onChange({ rings: [...rings, { key: newKey(), after, needs: [], prefers: [] }] });
  };
  return (
    <>
      <p className="text-pretty text-ink-2">{t("rules.rings.lead")}</p>
      {!hasSkills && <p className="text-pretty text-ink-3">{t("rules.skills.none")}</p>}
      <Rows>
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">{t("rules.rings.caption")}</caption>
          <colgroup>
            <col className="w-28" />
            <col />
            <col />
            <col className="w-9" />
          </colgroup>
          <thead>
            <tr className="border-b border-line text-left text-small text-ink-3">
              {(["from", "needs", "prefers"] as const).map((column) => (
                <th key={column} scope="col" className="py-1.5 pr-3 font-medium">
                  {t(`rules.rings.${column}`)}
                </th>
              ))}
              <th scope="col" className="sr-only">
                {t("common.more")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rings.map((ring, at) => (
              <RingRow
                key={ring.key}
                ring={ring}
                at={at}
                error={errorOf(`rules.rings.${at}.afterMs`)}
                onChange={(change) => onChange({ rings: withLine(rings, ring.key, change) })}
                onRemove={() => onChange({ rings: withoutLine(rings, ring.key) })}
              />
            ))}
          </tbody>
        </table>
        {rings.length < most && (
          <Button size="small" icon={Plus} onClick={add} className="self-start" {...addsRow}>
            {t("rules.rings.add")}
          </Button>
        )}
      </Rows>
    </>
  );
}

interface RingRowProps {
  readonly ring: RingDraft;
  readonly at: number;
  readonly error: ReturnType<QueuePartProps["errorOf"]>;
  readonly onChange: (change: Partial<RingDraft>) => void;
  readonly onRemove: () => void;
}

function RingRow({ ring, at, error, onChange, onRemove }: RingRowProps) {
  const t = useT();
  const name = { ring: at + 1 };
  return (
    <tr className="border-b border-line align-top">
      <td className="py-2 pr-3">
        {at === 0 ? (
          <p className="flex h-8 items-center text-ink-2">{t("rules.rings.atOnce")}</p>
        ) : (
          <NumberField
            label={t("rules.rings.fromOf", name)}
            hideLabel
            unit={t("rules.seconds")}
            value={ring.after}
            onChange={(after) => onChange({ after })}
            error={error}
          />
        )}
      </td>
      <td className="py-2 pr-3">
        <SkillNeeds
          value={ring.needs}
          onChange={(needs) => onChange({ needs })}
          label={t("rules.rings.needsOf", name)}
          none={t("rules.rings.anybody")}
        />
      </td>
      <td className="py-2 pr-3">
        <SkillNeeds
          value={ring.prefers}
          onChange={(prefers) => onChange({ prefers })}
          label={t("rules.rings.prefersOf", name)}
          none={t("rules.rings.noPreference")}
        />
      </td>
      <td className="py-2">
        {at > 0 && (
          <IconButton icon={X} label={t("rules.rings.remove", name)} onClick={onRemove} {...removesRow} />
        )}
      </td>
    </tr>
  );
}
