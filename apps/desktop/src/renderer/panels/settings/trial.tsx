import type { ChannelAccount } from "@tongdai/shared";
import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon, Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { causeText, failureText } from "../words.ts";
import { When } from "./fact.tsx";
import { useTrial } from "./use-trial.ts";

interface TrialProps {
  readonly account: ChannelAccount;
  readonly onClose: () => void;
}

/** Shows that an account works: both ways by writing to it and answering; one that only sends, by sending to oneself. */
export function Trial({ account, onClose }: TrialProps) {
  const t = useT();
  const name = neutralise(account.name);
  const trial = useTrial(account.id);
  const { heard, failure } = trial;
  const isWell = account.health.state === "ok" || account.health.state === "silent";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("admin.trial.heading", { name })}
      description={t(account.oneWay ? "admin.trial.leadOneWay" : "admin.trial.lead")}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}
    >
      <ol className="flex flex-col gap-4" aria-live="polite">
        <Step look={isWell ? "done" : "wrong"} title={t("admin.trial.known")}>
          {t(`admin.health.${account.health.state}`)}
        </Step>
        {!account.oneWay && (
          <Step look={heard ? "done" : "waiting"} title={t("admin.trial.write", { name })}>
            {heard ? (
              <>
                {t("admin.trial.heard", { name: neutralise(heard.customerName) })} · <When at={heard.at} />
              </>
            ) : failure === null ? (
              t("admin.trial.listening")
            ) : (
              causeText(failure, t)
            )}
          </Step>
        )}
        <Step
          look={lookOf(trial)}
          title={t(account.oneWay ? "admin.trial.sendToMyself" : "admin.trial.answer")}
        >
          <Out trial={trial} oneWay={account.oneWay} />
        </Step>
      </ol>
    </Dialog>
  );
}

type Tried = ReturnType<typeof useTrial>;

const isThere = ({ became }: Tried): boolean =>
  became?.state === "sent" || became?.state === "delivered" || became?.state === "read";

function lookOf(trial: Tried): Look {
  if (trial.became?.state === "failed") return "wrong";
  if (isThere(trial)) return "done";
  return trial.isSent ? "waiting" : "ahead";
}

/** What is sent to oneself, then what became of it. */
function Out({ trial, oneWay }: { readonly trial: Tried; readonly oneWay: boolean }) {
  const t = useT();
  const { heard, became, isSent, busy } = trial;
  const [address, setAddress] = useState("");
  const [text, setText] = useState(() => t("admin.trial.words"));
  if (became?.error) return `${failureText(became.error.code, t)} ${became.error.detail}`;
  if (became) return t(`admin.trial.became.${isThere(trial) ? "arrived" : "leaving"}`);
  const isAhead = !oneWay && heard === null;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (oneWay) trial.send(address.trim(), text.trim());
        else trial.answer(text.trim());
      }}
    >
      {oneWay && (
        <Field label={t("admin.trial.myNumber")} className="w-40">
          <Input
            inputMode="tel"
            autoComplete="tel"
            value={address}
            maxLength={254}
            onChange={(event) => setAddress(event.target.value)}
          />
        </Field>
      )}
      <Field label={t(oneWay ? "admin.trial.message" : "admin.trial.text")} className="flex-1">
        <Input
          value={text}
          maxLength={300}
          disabled={isAhead}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        icon={Send}
        loading={busy}
        disabled={isAhead || isSent || text.trim() === "" || (oneWay && address.trim() === "")}
      >
        {t("admin.trial.send")}
      </Button>
    </form>
  );
}

type Look = "ahead" | "waiting" | "done" | "wrong";

const icons: Record<Exclude<Look, "waiting">, { readonly icon: LucideIcon; readonly className: string }> = {
  ahead: { icon: CircleDashed, className: "text-ink-3" },
  done: { icon: CircleCheck, className: "text-green" },
  wrong: { icon: CircleAlert, className: "text-red" },
};

interface StepProps {
  readonly look: Look;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ look, title, children }: StepProps) {
  const t = useT();
  return (
    <li className="flex gap-3">
      <span className="mt-0.5 shrink-0">{look === "waiting" ? <Spinner /> : <Mark {...icons[look]} />}</span>
      <div className="min-w-0 flex-1">
        <p className="text-body font-medium">
          {title} <span className="sr-only">({t(`admin.trial.look.${look}`)})</span>
        </p>
        <div className="text-body text-pretty text-ink-2">{children}</div>
      </div>
    </li>
  );
}

function Mark({ icon: Icon, className }: { readonly icon: LucideIcon; readonly className: string }) {
  return <Icon size={16} aria-hidden className={className} />;
}
