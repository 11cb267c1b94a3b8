import { type PublicEventName, publicEventNames, type Webhook } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveWebhook } from "../../actions/webhooks.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Checkbox, Switch } from "../../ui/toggles.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { NewSecret } from "./webhook-secret.tsx";
import { eventGroup, eventVerb } from "./webhook-words.ts";

interface WebhookFormProps {
  readonly webhook: Webhook | null;
  readonly onSecret: (secret: NewSecret) => void;
  readonly onClose: () => void;
}

const suggested: readonly PublicEventName[] = ["interaction.opened", "interaction.closed", "ticket.created"];

export function WebhookForm({ webhook, onSecret, onClose }: WebhookFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "https://");
  const [events, setEvents] = useState<readonly PublicEventName[]>(webhook?.events ?? suggested);
  const [texts, setTexts] = useState(webhook?.texts ?? false);
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const isAddress = URL.canParse(url) && /^https?:\/\/[^/]/.test(url);
  const save = async () => {
    const input = { id: webhook?.id ?? null, name, url: url.trim(), events: [...events], texts, enabled };
    const done = await submit(async () => {
      const { secret } = await saveWebhook(client, input);
      if (secret !== null) onSecret({ name, secret });
    });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(webhook ? "webhook.edit" : "webhook.add")}
      width="large"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== "" && isAddress && events.length > 0}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("webhook.name")} required {...errorOf("name")}>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field
        label={t("webhook.url")}
        hint={t("webhook.urlHint")}
        required
        {...(isAddress || url.length < 12 ? errorOf("url") : { error: t("webhook.urlWrong") })}
      >
        <Input
          value={url}
          maxLength={2_000}
          inputMode="url"
          spellCheck={false}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Events chosen={events} onChange={setEvents} />
      <Switch checked={texts} onChange={setTexts} label={t("webhook.texts")} hint={t("webhook.textsHint")} />
      <Switch
        checked={enabled}
        onChange={setEnabled}
        label={t("webhook.enabled")}
        hint={t("webhook.enabledHint")}
      />
    </FormDialog>
  );
}

interface EventsProps {
  readonly chosen: readonly PublicEventName[];
  readonly onChange: (events: readonly PublicEventName[]) => void;
}

function Events({ chosen, onChange }: EventsProps) {
  const t = useT();
  const groups = Map.groupBy(publicEventNames, eventGroup);
  const toggle = (names: readonly PublicEventName[], on: boolean) =>
    onChange(publicEventNames.filter((n) => (names.includes(n) ? on : chosen.includes(n))));
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium text-ink-2">{t("webhook.events")}</legend>
      <div className="grid grid-cols-3 gap-x-6 gap-y-3 rounded-ui border border-line p-3">
        {[...groups].map(([group, names]) => {
          const on = names.filter((n) => chosen.includes(n)).length;
          return (
            <div key={group}>
              <Checkbox
                checked={on === 0 ? false : on === names.length ? true : "mixed"}
                onChange={(next) => toggle(names, next)}
                label={<span className="font-medium">{t(`webhook.group.${group}`)}</span>}
              />
              <div className="ml-6">
                {names.map((n) => (
                  <Checkbox
                    key={n}
                    checked={chosen.includes(n)}
                    onChange={(next) => toggle([n], next)}
                    label={t(`webhook.event.${eventVerb(n)}`)}
                  />
                ))}
              </div>
            </div>
          );
        })}
      </div>
      {chosen.length === 0 && <p className="mt-1 text-small text-red-ink">{t("webhook.eventsNone")}</p>}
    </fieldset>
  );
}
