import type { Conversation } from "@tongdai/shared";
import { Paperclip, SendHorizontal, StickyNote, Zap } from "lucide-react";
import { useRef } from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { type HeldBack, heldBack, isNothing } from "../../actions/send-message.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectWritesLetters } from "../../state/letters.ts";
import type { DraftState } from "../../state/model.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { partsOf } from "../../state/unfit.ts";
import { Button } from "../../ui/button.tsx";
import { EmojiPicker } from "../../ui/emoji-picker.tsx";
import { formatTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import type { RichBox } from "./letter-composer.tsx";
import { TemplateTool } from "./template-button.tsx";
import { useSubmit } from "./use-submit.ts";

/** What holds an answer back that has files and perhaps no words. */
const ofFiles: ReadonlySet<HeldBack> = new Set(["unfit", "uploading", "upload_failed"]);

interface ComposerToolsProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
  readonly rich: { readonly current: RichBox | null };
  readonly onFiles: (files: readonly File[]) => void;
}

export function ComposerTools({ conversation, draft, rich, onFiles }: ComposerToolsProps) {
  const t = useT();
  const client = useClient();
  const { id } = conversation;
  const picker = useRef<HTMLInputElement>(null);
  const kinds = useSelect((s) => selectCapabilities(s, conversation)?.attachments.kinds.length ?? 0);
  const held = useSelect((s) => heldBack(s, id));
  const isPublic = useSelect((s) => selectCapabilities(s, conversation)?.public !== undefined);
  const send = useSubmit(id);
  const canAttach = kinds > 0 && !draft.note;
  const isEmpty = draft.note
    ? draft.text.trim() === ""
    : isNothing(draft) && (held === null || !ofFiles.has(held));
  const submit = () => {
    send(draft.note);
    focusOn(client, "composer");
  };
  const canned = () => {
    changeDraft(client, id, { text: draft.text === "" ? "/" : draft.text });
    focusOn(client, "composer");
  };
  useShortcuts({
    "composer.send": submit,
    "composer.canned": canned,
    "composer.attach": () => canAttach && picker.current?.click(),
  });
  return (
    <footer className="flex items-center gap-0.5 px-1.5 pb-1.5">
      {canAttach && (
        <>
          <IconButton
            icon={Paperclip}
            label={t("conversation.composer.attach")}
            shortcut="composer.attach"
            side="top"
            onClick={() => picker.current?.click()}
          />
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-hidden
            tabIndex={-1}
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
        </>
      )}
      <EmojiPicker
        onPick={(emoji) => {
          if (rich.current) return rich.current.insert(emoji);
          changeDraft(client, id, { text: draft.text + emoji });
          focusOn(client, "composer");
        }}
      />
      {!draft.note && (
        <IconButton
          icon={Zap}
          label={t("conversation.composer.canned")}
          shortcut="composer.canned"
          side="top"
          onClick={canned}
        />
      )}
      {!draft.note && <TemplateTool conversation={conversation} />}
      <Hint conversation={conversation} draft={draft} />
      <Button
        variant={draft.note ? "secondary" : "primary"}
        icon={draft.note ? StickyNote : SendHorizontal}
        disabled={isEmpty || (!draft.note && held === "uploading")}
        title={!draft.note && held === "uploading" ? t("conversation.hold.uploading") : undefined}
        onClick={submit}
      >
        {sendText({ draft, isPublic }, t)}
      </Button>
    </footer>
  );
}

/** What the button will do, by who will read it. */
function sendText({ draft, isPublic }: { draft: DraftState; isPublic: boolean }, t: T): string {
  if (draft.note) return t("conversation.composer.addNote");
  if (!isPublic) return t("conversation.composer.send");
  return t(draft.privately ? "comments.sendPrivately" : "comments.postPublicly");
}

/** Beside the button: into how many messages it will be cut, or that the draft is safe. */
function Hint({ conversation, draft }: Pick<ComposerToolsProps, "conversation" | "draft">) {
  const t = useT();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.text ?? null);
  const isLetter = useSelect((s) => selectWritesLetters(s, conversation));
  const parts = draft.note || !rules ? 1 : partsOf(draft.text, rules);
  const words = () => {
    if (draft.note) return t("conversation.composer.noteWarning");
    if (parts > 1) return t("desk.composer.parts", { count: parts });
    if (draft.text === "") return t("desk.composer.cannedHint");
    return draft.savedAt !== null && !draft.dirty
      ? `${t("conversation.composer.draftSaved")} ${formatTime(draft.savedAt)}`
      : t(isLetter ? "conversation.composer.sendHint" : "conversation.composer.enterHint");
  };
  return <span className="min-w-0 flex-1 truncate px-2 text-right text-small text-ink-3">{words()}</span>;
}
