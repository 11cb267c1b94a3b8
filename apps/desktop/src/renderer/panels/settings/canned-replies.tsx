import { type CannedReply, fold } from "@tongdai/shared";
import { MessageSquareQuote, Pencil, Plus, Search, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { removeCannedReply, saveCannedReply } from "../../actions/save-canned-reply.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { frame, Page } from "./page.tsx";
import { useBasis, Versioned } from "./versioned.tsx";

const manyReplies = 8;

/** What everybody may send by typing `/` and a word. */
export function CannedReplies() {
  const t = useT();
  const replies = useSelect((s) => s.people.cannedReplies);
  const [query, setQuery] = useState("");
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const shown = useMemo(() => {
    const wanted = fold(query.trim());
    return Object.values(replies)
      .filter((reply) => fold(`${reply.shortcut} ${reply.text}`).includes(wanted))
      .sort((a, b) => a.shortcut.localeCompare(b.shortcut));
  }, [replies, query]);
  const count = Object.keys(replies).length;
  return (
    <Page
      title={t("admin.canned.title")}
      lead={t("admin.canned.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("common.add")}
        </Button>
      }
    >
      {count >= manyReplies && (
        <Input
          icon={Search}
          value={query}
          aria-label={t("admin.canned.search")}
          placeholder={t("admin.canned.search")}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-3"
        />
      )}
      {shown.length === 0 ? (
        <EmptyState
          icon={MessageSquareQuote}
          title={count === 0 ? t("admin.canned.empty") : t("common.noResultsFor", { query: query.trim() })}
          {...(count === 0 ? { body: t("admin.canned.emptyBody") } : {})}
        />
      ) : (
        <ul className={frame}>
          {shown.map((reply) => (
            <Reply key={reply.id} reply={reply} onEdit={() => setEditing(reply)} />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : replies[editing.id]}
        >
          {(reply) => <ReplyDialog reply={reply} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

interface ReplyProps {
  readonly reply: CannedReply;
  readonly onEdit: () => void;
}

function Reply({ reply, onEdit }: ReplyProps) {
  const t = useT();
  const run = useRun();
  const name = `/${reply.shortcut}`;
  const remove = () =>
    run(async (client) => {
      await removeCannedReply(client, reply.id);
      const { shortcut, text } = reply;
      toast(t("record.removed", { name }), {
        action: {
          label: t("common.undo"),
          onClick: () => run((c) => saveCannedReply(c, { shortcut, text })),
        },
      });
    });
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <span className="w-32 shrink-0 truncate pt-1.5 font-medium" title={name}>
        {name}
      </span>
      <p className="line-clamp-3 min-w-0 flex-1 pt-1.5 whitespace-pre-line text-ink-2">{reply.text}</p>
      <IconButton icon={Pencil} label={t("record.editOf", { name })} onClick={onEdit} />
      <IconButton icon={Trash2} label={t("common.removeNamed", { name })} onClick={remove} />
    </li>
  );
}

interface ReplyDialogProps {
  readonly reply: CannedReply | null;
  readonly onClose: () => void;
}

const shortcutPattern = /^[\p{L}\p{N}_-]+$/u;

function ReplyDialog({ reply, onClose }: ReplyDialogProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit, fail } = useSubmit();
  const { version } = useBasis();
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const save = async () => {
    if (!shortcutPattern.test(shortcut)) {
      fail("shortcut", t("admin.canned.shortcutWrong"));
      return;
    }
    if (await submit(() => saveCannedReply(client, { id: reply?.id ?? null, version, shortcut, text })))
      onClose();
  };
  return (
    <FormDialog
      title={t(reply ? "admin.canned.edit" : "admin.canned.add")}
      busy={busy}
      problem={problem}
      isReady={shortcut !== "" && text.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field
        label={t("admin.canned.shortcut")}
        hint={t("admin.canned.shortcutHint")}
        required
        {...errorOf("shortcut")}
      >
        <Input
          value={shortcut}
          maxLength={40}
          onChange={(event) => setShortcut(event.target.value.replace(/^\/+/, "").trim())}
        />
      </Field>
      <Field label={t("admin.canned.text")} required {...errorOf("text")}>
        <Textarea
          value={text}
          minRows={4}
          maxLength={2_000}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
