import { type Conversation, costlyLetters, countSms, plainSms, splitText } from "@tongdai/shared";
import { useState } from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { useT } from "../../i18n/index.ts";
import { selectAccount, selectCapabilities } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";

interface TextCounterProps {
  readonly conversation: Conversation;
  readonly text: string;
}

/** On channels whose texts are paid by the part: what the answer costs while it is written, and how to make it cheaper. */
export function TextCounter({ conversation, text }: TextCounterProps) {
  const t = useT();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.text ?? null);
  const isOneWay = useSelect((s) => selectAccount(s, conversation)?.oneWay ?? false);
  if (rules === null || rules.counter === null) return null;
  return (
    <div className="flex flex-col gap-0.5 px-3 pb-1 text-small text-ink-3">
      {isOneWay && <p>{t("counter.oneWay")}</p>}
      {text.trim() !== "" && <Cost id={conversation.id} text={text} maxLength={rules.maxLength} />}
    </div>
  );
}

/** What a text costs once it is cut into messages, and those into parts. */
function costOf(text: string, maxLength: number) {
  const counts = splitText(text.normalize("NFC").trim(), maxLength).map(countSms);
  return {
    parts: counts.reduce((sum, { segments }) => sum + segments, 0),
    isUnicode: counts.some(({ alphabet }) => alphabet === "ucs2"),
    left: counts.at(-1)?.left ?? 0,
  };
}

interface CostProps {
  readonly id: string;
  readonly text: string;
  readonly maxLength: number;
}

function Cost({ id, text, maxLength }: CostProps) {
  const t = useT();
  const client = useClient();
  const [before, setBefore] = useState<string | null>(null);
  const { parts, isUnicode, left } = costOf(text, maxLength);
  const plain = plainSms(text);
  const canPlain = isUnicode && plain !== text;
  const canUndo = before !== null && text === plainSms(before) && text !== before;
  const change = (next: string) => {
    changeDraft(client, id, { text: next });
    focusOn(client, "composer");
  };
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-2">
      <p className="tabular">
        <span role="status" className={parts > 1 ? "font-medium text-ink-2" : ""}>
          {t("counter.parts", { count: parts })}
        </span>
        {` · ${t(isUnicode ? "counter.ucs2" : "counter.gsm7")} · ${t("counter.left", { count: left })}`}
      </p>
      {isUnicode && <Costly text={text} />}
      {canPlain && (
        <Button
          size="small"
          variant="ghost"
          title={plain}
          onClick={() => {
            setBefore(text);
            change(plain);
          }}
        >
          {t("counter.plain", { count: costOf(plain, maxLength).parts })}
        </Button>
      )}
      {canUndo && (
        <Button size="small" variant="ghost" onClick={() => change(before)}>
          {t("counter.undo")}
        </Button>
      )}
    </div>
  );
}

/** More than these are nothing that one could do without. */
const NAMED = 3;

/** The few letters that cost a whole alphabet: often one that nobody sees, a curly quote or a blank that does not break. */
function Costly({ text }: { readonly text: string }) {
  const t = useT();
  const letters = costlyLetters(text.normalize("NFC"));
  if (letters.length === 0 || letters.length > NAMED) return null;
  const named = letters.map((letter) =>
    /^[\p{Z}\p{C}\p{M}]$/u.test(letter) ? codeOf(letter) : `“${letter}”`,
  );
  return (
    <p role="status" className="text-amber-ink">
      {t("counter.costly", { letters: named.join(", ") })}
    </p>
  );
}

const codeOf = (letter: string): string =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
