import type { Correspondent, Letter } from "@tongdai/shared";
import { Bot, TriangleAlert } from "lucide-react";
import { useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** Who wrote a letter to whom, and about what. */
export function LetterHead({ letter }: { readonly letter: Letter }) {
  const t = useT();
  const lines = [
    { label: t("desk.letter.from"), people: letter.from ? [letter.from] : [] },
    { label: t("desk.letter.to"), people: letter.to },
    { label: t("desk.letter.cc"), people: letter.cc },
    { label: t("desk.letter.bcc"), people: letter.bcc },
  ].filter(({ people }) => people.length > 0);
  return (
    <div className="rounded-ui border border-line px-3 py-1.5 text-small text-ink-2">
      <p className="text-read font-medium text-ink">
        {neutralise(letter.subject) || t("desk.letter.noSubject")}
      </p>
      <dl>
        {lines.map(({ label, people }) => (
          <div key={label} className="flex gap-1.5">
            <dt className="shrink-0 text-ink-3">{label}</dt>
            <dd className="min-w-0 break-words">{people.map(nameOf).join(", ")}</dd>
          </div>
        ))}
      </dl>
      {letter.automatic !== null && (
        <p className="flex items-center gap-1 text-ink-3">
          <Bot size={12} aria-hidden />
          {t("desk.letter.automatic")}
        </p>
      )}
      {letter.refused.map(({ address, detail }) => (
        <p key={address} className="flex items-center gap-1 text-red-ink">
          <TriangleAlert size={12} aria-hidden />
          {t("desk.letter.refused", { address, detail: neutralise(detail) })}
        </p>
      ))}
    </div>
  );
}

const nameOf = ({ name, address }: Correspondent): string =>
  name === "" ? address : `${neutralise(name)} <${address}>`;
