import { AtSign, Phone } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { beginConversation } from "../../actions/begin-conversation.ts";
import { closeDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { Select } from "../../ui/select.tsx";
import { Chosen, CustomerFinder } from "../customer-picker.tsx";
import { useSubmit } from "../use-submit.ts";
import { addressesIn } from "./addresses-in.ts";
import { type Choice, type Recipient, useChoices } from "./recipients.ts";

interface Words {
  readonly subject: string;
  readonly text: string;
}
const noWords: Words = { subject: "", text: "" };

export default function NewConversationDialog() {
  const isOpen = useSelect((s) => s.ui.dialog?.kind === "new_conversation");
  const [recipient, setRecipient] = useState<Recipient | null>(null);
  const [words, setWords] = useState(noWords);
  const client = useClient();
  if (!isOpen) return null;
  const onClose = () => {
    setRecipient(null);
    setWords(noWords);
    closeDialog(client);
  };
  return recipient ? (
    <Letter
      recipient={recipient}
      words={words}
      onWords={setWords}
      onClose={onClose}
      onOther={() => setRecipient(null)}
    />
  ) : (
    <Shell onClose={onClose}>
      {/* Room for who is found. */}
      <div className="min-h-80">
        <Finder onChoose={setRecipient} />
      </div>
    </Shell>
  );
}

interface ShellProps {
  readonly onClose: () => void;
  readonly send?: ReactNode;
  readonly children: ReactNode;
}

function Shell({ onClose, send, children }: ShellProps) {
  const t = useT();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("begin.title")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {send}
        </>
      }
    >
      {children}
    </Dialog>
  );
}

/** By number, address or name: an address that is typed whole may be written to whoever has it. */
function Finder({ onChoose }: { readonly onChoose: (recipient: Recipient) => void }) {
  const t = useT();
  const people = useSelect((s) => s.people);
  const session = useSelect((s) => s.session);
  const addresses = (query: string) =>
    addressesIn({ people, session }, query).map((found) => ({
      id: found.address,
      icon: found.kind === "phone" ? Phone : AtSign,
      label: t("begin.writeTo", { address: formatPhone(found.address) }),
      choose: () => onChoose(found),
    }));
  return (
    <CustomerFinder
      label={t("begin.to")}
      hint={t("begin.toHint")}
      others={addresses}
      onChoose={(customer) => onChoose({ kind: "customer", customer })}
    />
  );
}

interface LetterProps {
  readonly recipient: Recipient;
  /** Kept when somebody else is chosen. */
  readonly words: Words;
  readonly onWords: (words: Words) => void;
  readonly onClose: () => void;
  readonly onOther: () => void;
}

/** By which way, and the first words. */
function Letter({ recipient, words, onWords, onClose, onOther }: LetterProps) {
  const { subject, text } = words;
  const t = useT();
  const client = useClient();
  const choices = useChoices(recipient);
  const channels = useSelect((s) => s.people.channels);
  const [chosen, setChosen] = useState<string | null>(null);
  const [clientId] = useState(() => client.newId());
  const { busy, problem, errorOf, submit } = useSubmit();
  const possible = choices?.filter((c) => c.isPossible) ?? [];
  const choice = possible.find((c) => c.id === chosen) ?? possible[0];
  const isLetter = choice !== undefined && channels[choice.channel]?.capabilities.letters !== undefined;
  const isReady = choice !== undefined && text.trim() !== "" && (!isLetter || subject.trim() !== "");
  async function send(): Promise<void> {
    if (!isReady) return;
    const about = isLetter ? subject.trim() : "";
    const input = { clientId, ...choice.to, subject: about };
    if (await submit(() => beginConversation(client, input, text.trim()))) onClose();
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <Shell
      onClose={onClose}
      send={
        <Button variant="primary" disabled={!isReady} loading={busy} onClick={() => void send()}>
          {t("begin.send")}
        </Button>
      }
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-3">
        <Chosen
          label={t("begin.to")}
          otherLabel={t("begin.change")}
          onOther={onOther}
          {...shown(recipient)}
        />
        <By recipient={recipient} choices={choices} choice={choice} onChoose={setChosen} />
        {isLetter && (
          <Field label={t("begin.subject")} required {...errorOf("subject")}>
            <Input
              value={subject}
              maxLength={300}
              onChange={(event) => onWords({ ...words, subject: event.target.value })}
            />
          </Field>
        )}
        <Field label={t("begin.text")} required>
          <Textarea
            value={text}
            maxLength={20_000}
            rows={5}
            onChange={(event) => onWords({ ...words, text: event.target.value })}
          />
        </Field>
        {problem && (
          <p role="alert" className="text-small text-red-ink">
            {problem}
          </p>
        )}
      </form>
    </Shell>
  );
}

const shown = (recipient: Recipient): { readonly id: string; readonly name: string } =>
  recipient.kind === "customer"
    ? recipient.customer
    : { id: recipient.address, name: formatPhone(recipient.address) };

interface ByProps {
  readonly recipient: Recipient;
  readonly choices: readonly Choice[] | null;
  readonly choice: Choice | undefined;
  readonly onChoose: (id: string) => void;
}

function By({ recipient, choices, choice, onChoose }: ByProps) {
  const t = useT();
  const isCustomer = recipient.kind === "customer";
  if (choices?.length === 0)
    return (
      <p role="alert" className="text-small text-amber-ink">
        {t(isCustomer ? "begin.noAddress" : "begin.noAccount")}
      </p>
    );
  if (choices?.length === 1 && choice)
    return (
      <p className="flex items-center gap-1.5 text-small text-ink-2">
        <ChannelIcon channel={choice.channel} size={14} />
        {choice.label}
      </p>
    );
  return (
    <Field label={t(isCustomer ? "begin.address" : "begin.from")}>
      <Select
        value={choice?.id}
        onChange={onChoose}
        disabled={choices === null}
        options={(choices ?? []).map((c) => ({
          value: c.id,
          label: c.label,
          icon: <ChannelIcon channel={c.channel} size={16} decorative />,
          disabled: !c.isPossible,
        }))}
      />
    </Field>
  );
}
