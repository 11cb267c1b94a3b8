import type { Conversation, Correspondent } from "@tongdai/shared";
import { useId, useMemo, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import type { ShownLetter } from "../../state/letters.ts";
import { selectThread } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { shownName } from "../../ui/phone.ts";
import { RecipientLine } from "./recipient-line.tsx";

interface LetterLinesProps {
  readonly conversation: Conversation;
  readonly shown: ShownLetter;
  /** Nothing is written yet. */
  readonly isFresh: boolean;
}

/** To whom, and about what. Copies are folded until somebody has one. */
export function LetterLines({ conversation, shown, isFresh }: LetterLinesProps) {
  const t = useT();
  const client = useClient();
  const subjectId = useId();
  const known = useKnown(conversation.id);
  const [unfolded, setUnfolded] = useState(false);
  const [wasFresh, setWasFresh] = useState(isFresh);
  // The letter has gone: the next one begins folded.
  if (isFresh !== wasFresh) {
    setWasFresh(isFresh);
    if (isFresh) setUnfolded(false);
  }
  const { forward, subject, to, cc, bcc } = shown;
  const hasCopies = unfolded || cc.length > 0 || bcc.length > 0;
  const change = (line: "to" | "cc" | "bcc") => (people: Correspondent[]) =>
    changeLetter(client, conversation.id, { [line]: people });
  return (
    <div>
      <RecipientLine
        label={t("desk.letter.to")}
        name="to"
        people={to ?? []}
        known={known}
        {...(to === null && { placeholder: shownName(conversation.customerName) })}
        onChange={change("to")}
      >
        {!hasCopies && (
          <Button size="small" variant="ghost" onClick={() => setUnfolded(true)}>
            {t("letter.copies")}
          </Button>
        )}
      </RecipientLine>
      {hasCopies && (
        <>
          <RecipientLine
            label={t("letter.cc")}
            name="cc"
            people={cc}
            known={known}
            autoFocus={unfolded}
            onChange={change("cc")}
          />
          <RecipientLine
            label={t("letter.bcc")}
            name="bcc"
            people={bcc}
            known={known}
            onChange={change("bcc")}
          />
        </>
      )}
      <div className="mb-1 flex items-center gap-2 border-b border-line px-3 py-0.5">
        <label htmlFor={subjectId} className="w-12 shrink-0 text-small text-ink-3">
          {t("desk.letter.subject")}
        </label>
        <input
          id={subjectId}
          value={subject}
          maxLength={300}
          autoComplete="off"
          onChange={(event) => changeLetter(client, conversation.id, { subject: event.target.value })}
          className="h-6 w-full min-w-0 flex-1 bg-transparent text-body font-medium text-ink outline-none"
        />
        {forward && <span className="shrink-0 text-small text-ink-3">{t("desk.letter.forward")}</span>}
      </div>
    </div>
  );
}

/** Whoever a letter of the conversation names. */
function useKnown(conversationId: string): readonly Correspondent[] {
  const messages = useSelect((s) => selectThread(s, conversationId)?.messages);
  return useMemo(() => {
    const found = new Map<string, Correspondent>();
    for (const { letter } of messages ?? [])
      for (const person of letter ? [...(letter.from ? [letter.from] : []), ...letter.to, ...letter.cc] : [])
        found.set(person.address.toLowerCase(), person);
    return [...found.values()].slice(0, 50);
  }, [messages]);
}
