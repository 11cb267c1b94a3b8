import type { Conversation, Whisper } from "@tongdai/shared";
import { Ear, Eye, EyeOff, LogOut } from "lucide-react";
import { type FormEvent, useState } from "react";
import { joinConversation, leaveConversation, useCompany, whisper } from "../../actions/company.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { can } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/format.ts";
import { Input } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { causeText } from "../words.ts";

/** So many whispers are in sight. */
const SHOWN = 3;

/** Beside somebody's talk: which supervisors are with it, and what is whispered. */
export function Company({ conversation }: { readonly conversation: Conversation }) {
  const { companions, whispers } = useCompany(conversation.id);
  const myId = useSelect((s) => s.session.me?.id);
  const maySteer = useSelect((s) => can(s, "floor.act"));
  const ownerId = conversation.interaction?.ownerId ?? null;
  const isMine = ownerId !== null && ownerId === myId;
  const mayJoin = maySteer && ownerId !== null && !isMine;
  const others = companions.filter((c) => c.userId !== myId && c.visible);
  const said = ownerId === null ? [] : whispers.filter((w) => w.agentId === ownerId).slice(-SHOWN);
  if (!mayJoin && others.length === 0 && said.length === 0) return null;
  const mine = companions.find((c) => c.userId === myId);
  const mayWhisper = mayJoin || (isMine && (others.length > 0 || said.length > 0));
  return (
    <CompanyBox
      conversationId={conversation.id}
      others={others.map((c) => c.userId)}
      said={said}
      mode={mine === undefined ? "none" : mine.visible ? "visible" : "silent"}
      mayJoin={mayJoin}
      mayWhisper={mayWhisper}
    />
  );
}

interface CompanyBoxProps {
  readonly conversationId: string;
  readonly others: readonly string[];
  readonly said: readonly Whisper[];
  readonly mode: "none" | "visible" | "silent";
  readonly mayJoin: boolean;
  readonly mayWhisper: boolean;
}

function CompanyBox(props: CompanyBoxProps) {
  const { conversationId, others, said, mode, mayJoin, mayWhisper } = props;
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const name = (id: string) => users[id]?.name ?? t("common.unknown");
  return (
    <section
      aria-label={t("company.label")}
      className="flex shrink-0 flex-col gap-1 border-t-2 border-dashed border-blue bg-blue-soft px-4 py-2 text-small"
    >
      {(others.length > 0 || mayJoin) && (
        <div className="flex items-center gap-2 text-ink-2">
          <p role="status" className="min-w-0 flex-1 truncate">
            {others.length > 0 && t("company.with", { names: others.map(name).join(", ") })}
            {mode !== "none" && ` ${t(`company.mode.${mode}`)}`}
          </p>
          {mayJoin && <JoinTools conversationId={conversationId} mode={mode} />}
        </div>
      )}
      {said.length > 0 && (
        <ul aria-live="assertive" aria-label={t("company.whispers")} className="flex flex-col gap-0.5">
          {said.map((w) => (
            <li key={w.id} className="flex items-start gap-1.5 text-ink">
              <Ear size={14} aria-hidden className="mt-0.5 shrink-0 text-blue" />
              <span className="min-w-0 break-words">
                <b className="font-medium">
                  {t("company.said", { name: name(w.fromId), time: formatTime(w.at) })}
                </b>{" "}
                {neutralise(w.text)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayWhisper && <WhisperBox conversationId={conversationId} />}
    </section>
  );
}

function JoinTools({ conversationId, mode }: Pick<CompanyBoxProps, "conversationId" | "mode">) {
  const t = useT();
  const client = useClient();
  const join = (visible: boolean) => run(client, joinConversation(client, { conversationId, visible }));
  return (
    <>
      {mode !== "visible" && (
        <Button size="small" icon={Eye} onClick={() => join(true)}>
          {t("company.joinVisibly")}
        </Button>
      )}
      {mode !== "silent" && (
        <Button size="small" icon={EyeOff} onClick={() => join(false)}>
          {t("company.joinSilently")}
        </Button>
      )}
      {mode !== "none" && (
        <Button
          size="small"
          icon={LogOut}
          onClick={() => run(client, leaveConversation(client, conversationId))}
        >
          {t("company.leave")}
        </Button>
      )}
    </>
  );
}

function WhisperBox({ conversationId }: Pick<CompanyBoxProps, "conversationId">) {
  const t = useT();
  const client = useClient();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === "") return;
    try {
      await whisper(client, { conversationId, text: text.trim() });
      setText("");
      setProblem(null);
    } catch (cause) {
      setProblem(causeText(cause, t));
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="flex items-center gap-2">
      <Input
        className="flex-1"
        value={text}
        maxLength={2_000}
        aria-label={t("company.whisper")}
        placeholder={t("company.placeholder")}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" size="small" icon={Ear} disabled={text.trim() === ""}>
        {t("company.whisper")}
      </Button>
      {problem !== null && (
        <p role="alert" className="text-red-ink">
          {problem}
        </p>
      )}
    </form>
  );
}
