import type { Conversation } from "@tongdai/shared";
import { useEffect, useMemo, useRef, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { sendTemplate, type TemplateOffer, templateRefusal, templatesFor } from "../../actions/templates.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { selectCustomer } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Banner, ErrorState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { causeText } from "../words.ts";
import { priceText } from "./price-text.ts";
import { submitKeys } from "./submit-keys.ts";
import { TemplateForm } from "./template-form.tsx";
import { TemplateList } from "./template-list.tsx";
import { type Source, TemplateSource, useTemplateSource } from "./template-source.tsx";
import { useTemplate } from "./use-template.ts";

interface TemplateDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** The words that the vendor has approved: chosen, filled, seen with their price, sent. */
export function TemplateDialog({ conversation, onClose }: TemplateDialogProps) {
  const t = useT();
  const [asked, setAsked] = useState(0);
  const { id, customerId } = conversation;
  const source = useTemplateSource(conversation);
  const accountId = source.otherId;
  const fetch = useMemo(
    () => templatesFor({ id, customerId }, { accountId, refresh: asked > 0 }),
    [id, customerId, accountId, asked],
  );
  const { value, failure, reload } = useFetched(fetch);
  const refresh = () => setAsked((count) => count + 1);
  if (value?.templates.some(({ state }) => state === "ready"))
    return (
      <Chooser
        key={accountId}
        conversation={conversation}
        source={source}
        offer={value}
        onRefresh={refresh}
        onClose={onClose}
      />
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("template.title")}>
      {failure !== null && !value ? (
        <ErrorState title={t("template.loadFailed")} body={causeText(failure, t)} onRetry={reload} />
      ) : value ? (
        <div className="flex flex-col items-start gap-3">
          <TemplateSource source={source} />
          <p className="text-body">{t("template.none")}</p>
          <Button onClick={refresh}>{t("template.refresh")}</Button>
        </div>
      ) : (
        <div aria-busy="true" className="flex flex-col gap-2">
          <span className="sr-only">{t("common.loading")}</span>
          <Skeleton className="h-8" />
          <Skeleton className="h-40" />
        </div>
      )}
    </Dialog>
  );
}

interface ChooserProps extends TemplateDialogProps {
  readonly source: Source;
  readonly offer: TemplateOffer;
  readonly onRefresh: () => void;
}

function Chooser({ conversation, source, offer, onRefresh, onClose }: ChooserProps) {
  const t = useT();
  const [chosen, setChosen] = useState<string | null>(null);
  const ready = offer.templates.filter(({ state }) => state === "ready");
  const template = ready.find(({ id }) => id === chosen) ?? null;
  const { by } = source;
  const card = useSelect((s) => selectCustomer(s, conversation.customerId));
  const filled = useTemplate(template, {
    to: by.includes("id") ? "id" : (offer.phones[0]?.identityId ?? "phone"),
    customer: card ?? { name: conversation.customerName, attributes: {} },
  });
  const { send, busy, problem } = useSend({ conversation, source, onRefresh, onClose });
  const form = useRef<HTMLFormElement>(null);
  const hasProblems = filled.badPhone || Object.keys(filled.problems).length > 0;
  useEffect(() => {
    if (hasProblems) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [hasProblems]);
  const submit = () => {
    const input = template && filled.read(template);
    if (template && input) send({ ...input, templateId: template.id, price: template.price });
  };
  return (
    <Dialog
      open
      width="large"
      onOpenChange={(open) => !open && onClose()}
      title={t("template.title")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" loading={busy} disabled={!template} onClick={submit}>
            {template?.price
              ? t("template.sendFor", { price: priceText(template.price) })
              : t("template.send")}
          </Button>
        </>
      }
    >
      <div className="flex min-h-80 gap-4">
        <TemplateList
          templates={ready}
          fetchedAt={offer.fetchedAt}
          chosen={chosen}
          onChoose={setChosen}
          onEnter={() => firstToFill(form.current)?.focus()}
          onRefresh={onRefresh}
        />
        <form ref={form} className="flex min-w-0 flex-1 flex-col gap-3" {...submitKeys(submit)}>
          <TemplateSource source={source} />
          {problem !== null && <Banner tone="danger">{problem}</Banner>}
          {template ? (
            <TemplateForm
              conversation={conversation}
              template={template}
              by={by}
              phones={offer.phones}
              filled={filled}
            />
          ) : (
            <p className="m-auto text-ink-3">{t("template.choose")}</p>
          )}
        </form>
      </div>
    </Dialog>
  );
}

type Sending = Omit<Parameters<typeof sendTemplate>[1], "clientId" | "conversationId">;

/** One attempt keeps its id as long as nobody knows its end, so that pressing again sends no second one. */
function useSend({ conversation, source, onRefresh, onClose }: Omit<ChooserProps, "offer">) {
  const t = useT();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = useRef<{ id: string; of: string } | null>(null);
  const send = (sending: Sending) => {
    if (busy) return;
    const of = JSON.stringify([source.otherId, sending]);
    if (attempt.current?.of !== of) attempt.current = { id: client.newId(), of };
    setBusy(true);
    setProblem(null);
    const at = {
      clientId: attempt.current.id,
      conversationId: conversation.id,
      ...(source.otherId && { accountId: source.otherId }),
    };
    sendTemplate(client, { ...sending, ...at }).then(
      () => {
        toast(t("template.sent"), { tone: "success" });
        onClose();
      },
      (cause: unknown) => {
        const { reason, field } = templateRefusal(cause);
        if (reason) onRefresh();
        setProblem(
          reason
            ? t(`template.refused.${reason}`)
            : field === "phone"
              ? t("template.badPhone")
              : causeText(cause, t),
        );
        setBusy(false);
      },
    );
  };
  return { send, busy, problem };
}

/** What stands there already is passed over. */
function firstToFill(form: HTMLFormElement | null): HTMLElement | undefined {
  const inputs = [...(form?.querySelectorAll<HTMLInputElement>("input:not([type=radio])") ?? [])];
  return inputs.find(({ value }) => value === "") ?? inputs[0];
}
