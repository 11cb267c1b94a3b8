import type { ChannelAccount, Need } from "@tongdai/shared";
import { useMemo, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { saveChannelAccount } from "../../actions/save-channel-account.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { Switch } from "../../ui/toggles.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { randomWord } from "./random-word.ts";
import { SkillNeeds } from "./skill-needs.tsx";
import { useSubmit } from "./use-submit.ts";
import { useBasis } from "./versioned.tsx";
import { WebhookAddress } from "./webhook-address.tsx";

interface FacebookFormProps {
  /** `null`: a page that is not connected yet. */
  readonly account: ChannelAccount | null;
  readonly onClose: () => void;
}

const secrets = ["appSecret", "verifyToken", "pageToken"] as const;
type Secret = (typeof secrets)[number];

/** An empty box keeps what is there: secrets go in and never come out. */
export function FacebookForm({ account, onClose }: FacebookFormProps) {
  const t = useT();
  const client = useClient();
  const queues = useSelect((s) => s.people.queues);
  const { busy, problem, errorOf, submit } = useSubmit();
  const options = useMemo(() => Object.values(queues).sort((a, b) => a.name.localeCompare(b.name)), [queues]);
  const { version } = useBasis();
  const [name, setName] = useState(account?.name ?? "");
  const [queueId, setQueueId] = useState(account?.queueId ?? options[0]?.id ?? "");
  const [enabled, setEnabled] = useState(account?.enabled ?? true);
  const [needs, setNeeds] = useState<readonly Need[]>(account?.needs ?? []);
  const [pageId, setPageId] = useState(account?.externalId ?? "");
  const [appId, setAppId] = useState("");
  const [secret, setSecret] = useState<Readonly<Record<Secret, string>>>(() => ({
    appSecret: "",
    verifyToken: account ? "" : randomWord(24),
    pageToken: "",
  }));
  const isNew = account === null;
  const isComplete = !isNew || (pageId !== "" && appId !== "" && secrets.every((key) => secret[key] !== ""));

  const save = async () => {
    const config = { appId, ...secret, ...(isNew ? { pageId } : {}) };
    const isDone = await submit(() =>
      saveChannelAccount(client, {
        id: account?.id ?? null,
        version,
        channel: "facebook",
        name,
        queueId,
        enabled,
        needs: [...needs],
        config,
      }),
    );
    if (!isDone) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };

  return (
    <FormDialog
      title={isNew ? t("admin.channels.connectFacebook") : t("record.editOf", { name: account.name })}
      lead={t("admin.facebook.lead")}
      width="large"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== "" && queueId !== "" && isComplete}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div className="grid grid-cols-2 gap-4">
        <Field
          label={t("admin.facebook.name")}
          hint={t("admin.facebook.nameHint")}
          required
          {...errorOf("name")}
        >
          <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t("admin.facebook.queue")}
          hint={t("admin.facebook.queueHint")}
          required
          {...errorOf("queueId")}
        >
          <Select
            value={queueId}
            onChange={setQueueId}
            options={options.map((queue) => ({ value: queue.id, label: queue.name }))}
          />
        </Field>
        <Field
          label={t("admin.facebook.pageId")}
          hint={isNew ? t("admin.facebook.pageIdHint") : t("admin.facebook.pageIdFixed")}
          required={isNew}
          {...errorOf("pageId")}
        >
          <Input
            value={pageId}
            disabled={!isNew}
            inputMode="numeric"
            onChange={(event) => setPageId(event.target.value.trim())}
          />
        </Field>
        <Field
          label={t("admin.facebook.appId")}
          hint={t("admin.facebook.appIdHint")}
          required={isNew}
          {...errorOf("appId")}
        >
          <Input
            value={appId}
            inputMode="numeric"
            placeholder={isNew ? undefined : t("admin.keepAsIs")}
            onChange={(event) => setAppId(event.target.value.trim())}
          />
        </Field>
        {secrets.map((key) => (
          <Field
            key={key}
            label={t(`admin.facebook.${key}`)}
            hint={t(`admin.facebook.${key}Hint`)}
            required={isNew}
            className={key === "pageToken" ? "col-span-2" : ""}
            {...errorOf(key)}
          >
            <Input
              // The word that we made up is copied to Meta, so it is shown; what Meta gave out is not.
              type={key === "verifyToken" ? "text" : "password"}
              autoComplete="off"
              spellCheck={false}
              value={secret[key]}
              placeholder={isNew ? undefined : t("admin.keepAsIs")}
              onChange={(event) => setSecret({ ...secret, [key]: event.target.value.trim() })}
            />
          </Field>
        ))}
      </div>
      <div className="flex flex-col gap-1">
        <span aria-hidden className="text-small font-medium text-ink-2">
          {t("admin.facebook.needs")}
        </span>
        <SkillNeeds
          value={needs}
          onChange={setNeeds}
          label={t("admin.facebook.needs")}
          none={t("admin.facebook.noNeeds")}
        />
        <p className="text-small text-ink-3">{t("admin.facebook.needsHint")}</p>
      </div>
      {!isNew && (
        <Switch
          checked={enabled}
          onChange={setEnabled}
          label={t("admin.facebook.enabled")}
          hint={t("admin.facebook.enabledHint")}
        />
      )}
      <WebhookAddress
        accountId={account?.id ?? null}
        path={appId === "" ? "" : `/webhooks/facebook/${appId}`}
        verifyToken={secret.verifyToken}
      />
    </FormDialog>
  );
}
