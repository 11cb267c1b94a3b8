import type { Correspondent, Message } from "@tongdai/shared";
import { Bot, ChevronDown, ShieldAlert, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatDateTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";

interface LetterHeadProps {
  readonly message: Message;
  readonly letter: NonNullable<Message["letter"]>;
}

/** What a letter is about, and in one line who wrote it to whom; unfolded: everybody with their address, and when. */
export function LetterHead({ message, letter }: LetterHeadProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const to = [...letter.to, ...letter.cc, ...letter.bcc]
    .map((p) => neutralise(p.name) || p.address)
    .join(", ");
  const line = letter.from
    ? t("letter.details.line", { from: nameOf(letter.from), to })
    : t("letter.details.lineOut", { to });
  return (
    <div className="rounded-ui border border-line px-3 py-1.5 text-small text-ink-2">
      <p className="text-read font-medium text-ink">
        {neutralise(letter.subject) || t("desk.letter.noSubject")}
      </p>
      <button
        type="button"
        aria-expanded={open}
        title={t(open ? "letter.details.hide" : "letter.details.show")}
        onClick={() => setOpen(!open)}
        className="flex max-w-full items-center gap-1 rounded-tight text-left hover:text-ink"
      >
        <span className="truncate">{line}</span>
        <ChevronDown size={12} aria-hidden className={cn("shrink-0", open && "rotate-180")} />
      </button>
      {open && <Details message={message} letter={letter} />}
      {letter.isForged && (
        <p className="flex items-center gap-1 text-red-ink">
          <ShieldAlert size={12} aria-hidden className="shrink-0" />
          {t("letter.forged")}
        </p>
      )}
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

function Details({ message, letter }: LetterHeadProps) {
  const t = useT();
  const all = (people: readonly Correspondent[]) => people.map(nameOf).join(", ");
  const lines = [
    { label: t("desk.letter.from"), value: all(letter.from ? [letter.from] : []) },
    { label: t("desk.letter.to"), value: all(letter.to) },
    { label: t("desk.letter.cc"), value: all(letter.cc) },
    { label: t("desk.letter.bcc"), value: all(letter.bcc) },
    { label: t("letter.intro.date"), value: formatDateTime(message.at, { seconds: true }) },
  ].filter(({ value }) => value !== "");
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 select-text">
      {lines.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">{label}</dt>
          <dd className="tabular wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const nameOf = ({ name, address }: Correspondent): string =>
  name === "" ? address : `${neutralise(name)} <${address}>`;
