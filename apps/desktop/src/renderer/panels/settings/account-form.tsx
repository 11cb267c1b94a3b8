import type { AccountField, AccountSetup, ChannelAccount, ChannelInfo, Need } from "@tongdai/shared";
import { useCallback, useMemo, useState } from "react";
import { channelSetup } from "../../actions/channel-setup.ts";
import type { Client } from "../../actions/client.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { saveChannelAccount } from "../../actions/save-channel-account.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { Switch } from "../../ui/toggles.tsx";
import { useSubmit } from "../use-submit.ts";
import { AccountFieldBox } from "./account-field.tsx";
import { useChannelWords } from "./channel-words.ts";
import { checkAccount } from "./check-account.ts";
import { CommentQueue, queueOptions } from "./comment-queue.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { randomWord } from "./random-word.ts";
import { SkillNeeds } from "./skill-needs.tsx";
import { useBasis } from "./versioned.tsx";
import { WebhookAddress } from "./webhook-address.tsx";

interface AccountFormProps {
  readonly channel: ChannelInfo & { readonly setup: AccountSetup };
  /** `null`: one that is not connected yet. */
  readonly account: ChannelAccount | null;
  readonly onClose: () => void;
  /** A new one was saved that its owner must give permission for. */
  readonly onConsent: (accountId: string) => void;
  /** The vendor was asked whether what was saved works. */
  readonly onChecked: () => void;
}

type Values = Readonly<Record<string, string>>;

/** A new account's own words are made up here; the rest is typed. */
const begin = (fields: readonly AccountField[], isNew: boolean): Values =>
  Object.fromEntries(
    isNew ? fields.filter(({ kind }) => kind === "word").map(({ name }) => [name, randomWord(24)]) : [],
  );

/** The form that a channel declares. An empty box keeps what is there: secrets go in and never come out. */
export function AccountForm({ channel, account, onClose, onConsent, onChecked }: AccountFormProps) {
  const t = useT();
  const client = useClient();
  const say = useChannelWords();
  const { setup } = channel;
  const queues = useSelect((s) => s.people.queues);
  const { busy, problem, errorOf, submit } = useSubmit();
  const options = useMemo(() => queueOptions(queues), [queues]);
  const { version } = useBasis();
  const isNew = account === null;
  const accountId = account?.id ?? null;
  const fetch = useCallback((c: Client) => channelSetup(c, accountId), [accountId]);
  const { value: told, failure } = useFetched(fetch);
  const [name, setName] = useState(account?.name ?? "");
  const [queueId, setQueueId] = useState(account?.queueId ?? options[0]?.value ?? "");
  const [commentQueueId, setCommentQueueId] = useState(account?.commentQueueId ?? null);
  const [enabled, setEnabled] = useState(account?.enabled ?? true);
  const [needs, setNeeds] = useState<readonly Need[]>(account?.needs ?? []);
  const [typed, setTyped] = useState(() => begin(setup.fields, isNew));
  const currentOf = (field: AccountField): string =>
    typed[field.name] ?? told?.values[field.name] ?? field.defaultValue ?? "";
  /** Without the spaces around it: a name has some inside, and to type it they stand at its end for a moment. */
  const filled = (called: string): string => {
    const field = setup.fields.find((one) => one.name === called);
    return field ? currentOf(field).trim() : "";
  };
  const holds = (when: AccountField["when"]): boolean => !when || when.is.includes(filled(when.field));
  const shown = setup.fields.filter(({ when }) => holds(when));
  const isComplete = !isNew || shown.every(({ required, name: f }) => !required || filled(f) !== "");

  const wantsConsent = isNew && setup.consent === true && filled(setup.consentUnless ?? "") === "";

  const save = async () => {
    const config = Object.fromEntries(
      shown
        .filter(({ name: f }) => typed[f] !== undefined)
        .map(({ name: f, kind }) => [f, kind === "flag" ? typed[f] === "true" : filled(f)]),
    );
    const input = { id: accountId, version, channel: channel.id, name, queueId, enabled, config };
    let saved: ChannelAccount | undefined;
    const isDone = await submit(async () => {
      const comments = channel.comments === null ? {} : { commentQueueId };
      saved = await saveChannelAccount(client, { ...input, ...comments, needs: [...needs] });
    });
    if (!isDone) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
    if (saved && wantsConsent) return onConsent(saved.id);
    // A wrong key is told now, and not when a customer waits.
    if (saved?.enabled && (isNew || Object.keys(config).length > 0))
      await checkAccount(client, saved.id, t).finally(onChecked);
  };

  const webhookField = setup.webhook?.field;
  const key = webhookField ? (typed[webhookField] ?? "").trim() : "";
  return (
    <FormDialog
      title={isNew ? say(setup.connect) : t("record.editOf", { name: account.name })}
      lead={say(setup.lead)}
      width="large"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== "" && queueId !== "" && isComplete}
      {...(wantsConsent && { confirm: t("admin.consent.saveAndConnect") })}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-4">
        <Field
          label={t("admin.account.name")}
          hint={t("admin.account.nameHint")}
          required
          {...errorOf("name")}
        >
          <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t("admin.account.queue")}
          hint={t("admin.account.queueHint")}
          required
          {...errorOf("queueId")}
        >
          <Select value={queueId} onChange={setQueueId} options={options} />
        </Field>
        {channel.comments !== null && (
          <CommentQueue
            value={commentQueueId}
            onChange={setCommentQueueId}
            trouble={errorOf("commentQueueId")}
          />
        )}
        {shown.map((field) => (
          <AccountFieldBox
            key={field.name}
            field={field}
            value={currentOf(field)}
            isNew={isNew}
            isFixed={!isNew && field.name === setup.idField}
            trouble={errorOf(field.name)}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
          />
        ))}
      </div>
      <div className="flex flex-col gap-1">
        <span aria-hidden className="text-small font-medium text-ink-2">
          {t("admin.account.needs")}
        </span>
        <SkillNeeds
          value={needs}
          onChange={setNeeds}
          label={t("admin.account.needs")}
          none={t("admin.account.noNeeds")}
        />
        <p className="text-small text-ink-3">{t("admin.account.needsHint")}</p>
      </div>
      {!isNew && (
        <Switch
          checked={enabled}
          onChange={setEnabled}
          label={t("admin.account.enabled")}
          hint={t("admin.account.enabledHint")}
        />
      )}
      {setup.webhook && holds(setup.webhook.when ?? null) && (
        <WebhookAddress
          setup={told}
          failure={failure}
          path={key === "" ? "" : `/webhooks/${channel.id}/${key}`}
          isTyped={webhookField !== null}
          word={wordIn(shown, filled)}
          hint={say(setup.webhook.hint)}
        />
      )}
    </FormDialog>
  );
}

/** Our own word that the vendor must be told, with its label. */
function wordIn(
  fields: readonly AccountField[],
  filled: (name: string) => string,
): { readonly field: AccountField; readonly value: string } | null {
  const field = fields.find(({ kind }) => kind === "word");
  return field ? { field, value: filled(field.name) } : null;
}
