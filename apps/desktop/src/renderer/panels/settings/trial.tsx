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

/** Shows that an account works both ways: somebody writes to it, and gets an answer. */
export function Trial({ account, onClose }: TrialProps) {
  const t = useT();
  const name = neutralise(account.name);
  const { heard, became, failure, isAnswered, busy, answer } = useTrial(account.id);
  const [text, setText] = useState(() => t("admin.trial.words"));
  const isWell = account.health.state === "ok" || account.health.state === "silent";
  const arrived = became?.state === "sent" || became?.state === "delivered" || became?.state === "read";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("admin.trial.heading", { name })}
      description={t("admin.trial.lead")}
      footer={<Button onClick={onClose}>{t("common.close")}</Button>}
    >
      <ol className="flex flex-col gap-4" aria-live="polite">
        <Step look={isWell ? "done" : "wrong"} title={t("admin.trial.known")}>
          {t(`admin.health.${account.health.state}`)}
        </Step>
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
        <Step
          look={became?.state === "failed" ? "wrong" : arrived ? "done" : isAnswered ? "waiting" : "ahead"}
          title={t("admin.trial.answer")}
        >
          {became ? (
            became.error ? (
              `${failureText(became.error.code, t)} ${became.error.detail}`
            ) : (
              t(`admin.trial.became.${arrived ? "arrived" : "leaving"}`)
            )
          ) : (
            <form
              className="flex items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault();
                answer(text.trim());
              }}
            >
              <Field label={t("admin.trial.text")} className="flex-1">
                <Input
                  value={text}
                  maxLength={300}
                  disabled={heard === null}
                  onChange={(event) => setText(event.target.value)}
                />
              </Field>
              <Button
                type="submit"
                icon={Send}
                loading={busy}
                disabled={heard === null || isAnswered || text.trim() === ""}
              >
                {t("admin.trial.send")}
              </Button>
            </form>
          )}
        </Step>
      </ol>
    </Dialog>
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
