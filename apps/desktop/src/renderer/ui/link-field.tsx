import { type KeyboardEvent, useState } from "react";
import { useT } from "../i18n/index.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";
import { linkAddress } from "./link-address.ts";

interface LinkFieldProps {
  /** Where the chosen words lead now; empty: nowhere. */
  readonly href: string;
  /** @param href `null`: no link any more */
  readonly onDone: (href: string | null) => void;
  readonly onCancel: () => void;
}

/** Enter sets the link, Escape leaves everything as it is. */
export function LinkField({ href, onDone, onCancel }: LinkFieldProps) {
  const t = useT();
  const [typed, setTyped] = useState(href);
  const [isWrong, setWrong] = useState(false);
  const done = () => {
    if (typed.trim() === "") return onDone(null);
    const address = linkAddress(typed);
    if (address === null) setWrong(true);
    else onDone(address);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") done();
    else onCancel();
  };
  return (
    <div className="flex items-start gap-1.5 px-3 pb-1.5">
      <Field
        label={t("letter.link.address")}
        hideLabel
        error={isWrong ? t("letter.link.wrong") : undefined}
        className="flex-1"
      >
        <Input
          autoFocus
          value={typed}
          placeholder="https://"
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          onKeyDown={onKeyDown}
        />
      </Field>
      <Button onClick={done}>{t("letter.link.set")}</Button>
      {href !== "" && (
        <Button variant="ghost" onClick={() => onDone(null)}>
          {t("letter.link.remove")}
        </Button>
      )}
    </div>
  );
}
