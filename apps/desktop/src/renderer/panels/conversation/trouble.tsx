import type { Message } from "@tongdai/shared";
import { CircleAlert, CircleHelp } from "lucide-react";
import { useRun } from "../../actions/react-client.ts";
import { resolveMessage } from "../../actions/resolve-message.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { failureText } from "../words.ts";
import { OtherAddress } from "./other-address.tsx";

interface TroubleProps {
  readonly message: Message;
  /** Not for who only looks on: the choices are the owner's. */
  readonly mayDecide: boolean;
  /** The customer wants nothing more here: what failed would be refused again. */
  readonly isOptedOut: boolean;
}

/** A message that failed, or of which nobody knows: what happened, and the agent's choices. */
export function Trouble({ message, mayDecide, isOptedOut }: TroubleProps) {
  const t = useT();
  const run = useRun();
  const resolve = (action: "resend" | "mark_sent" | "discard") =>
    run((client) => resolveMessage(client, message.id, action));
  if (message.state === "failed")
    return (
      <Box tone="red">
        <p
          className="flex gap-1.5"
          title={message.error ? t("desk.message.vendorSaid", { detail: message.error.detail }) : undefined}
        >
          <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
          <span>
            {t("conversation.state.failed")}
            {message.error && `: ${failureText(message.error.code, t)}`}. {t("conversation.failed.kept")}
          </span>
        </p>
        {message.letter && message.error && message.error.detail !== "" && (
          <p className="mt-0.5 wrap-anywhere select-text">
            {t("letter.failed.serverSaid", { detail: neutralise(message.error.detail) })}
          </p>
        )}
        {mayDecide && (
          <Choices>
            {!isOptedOut && (
              <Button size="small" onClick={() => resolve("resend")}>
                {t("conversation.failed.resend")}
              </Button>
            )}
            {message.letter && <OtherAddress message={message} letter={message.letter} />}
            <Button size="small" variant="ghost" onClick={() => resolve("discard")}>
              {t("conversation.failed.discard")}
            </Button>
          </Choices>
        )}
      </Box>
    );
  if (message.state !== "unknown") return null;
  return (
    <Box tone="amber">
      <p className="flex gap-1.5 font-medium">
        <CircleHelp size={14} aria-hidden className="mt-px shrink-0" />
        {t("conversation.unknown.title")}
      </p>
      {mayDecide && (
        <>
          <p>{t("desk.message.arrivedHow")}</p>
          <Choices>
            <Button size="small" onClick={() => resolve("mark_sent")}>
              {t("conversation.unknown.markSent")}
            </Button>
            {!isOptedOut && (
              <Button size="small" onClick={() => resolve("resend")}>
                {t("conversation.unknown.resend")}
              </Button>
            )}
            <Button size="small" variant="ghost" onClick={() => resolve("discard")}>
              {t("conversation.failed.discard")}
            </Button>
          </Choices>
        </>
      )}
    </Box>
  );
}

interface BoxProps {
  readonly tone: "red" | "amber";
  readonly children: React.ReactNode;
}

export function Box({ tone, children }: BoxProps) {
  const look = tone === "red" ? "bg-red-soft text-red-ink" : "bg-amber-soft text-amber-ink";
  return (
    <div data-edge className={`mt-1 max-w-[76%] rounded-ui px-3 py-2 text-small ${look}`}>
      {children}
    </div>
  );
}

export function Choices({ children }: { readonly children: React.ReactNode }) {
  return <div className="mt-1.5 flex flex-wrap gap-1.5">{children}</div>;
}
