import { Phone, PhoneIncoming, PhoneOff } from "lucide-react";
import { answerCall, declineCall } from "../../actions/call.ts";
import { useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { Talk } from "../../state/talk.ts";
import { Button } from "../../ui/button.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { useName } from "./use-name.ts";

/** Somebody rings of whom no offer tells: a colleague who asks, or sends somebody on. */
export function Ringing({ talk }: { readonly talk: Talk }) {
  const t = useT();
  const run = useRun();
  const { name } = useName(talk);
  const answer = () => run((client) => answerCall(client, talk.id));
  const decline = () => run((client) => declineCall(client, talk.id));
  useShortcuts({ "offer.accept": answer, "offer.decline": decline });
  return (
    <div className="flex h-12 items-center gap-3 px-4">
      <PhoneIncoming size={16} aria-hidden className="shrink-0 text-accent" />
      <p role="alert" className="min-w-0 truncate text-body font-medium">
        {t("call.rings", { name })}
      </p>
      <Button variant="primary" icon={Phone} shortcut="offer.accept" onClick={answer}>
        {t("conversation.call.answer")}
      </Button>
      <Button variant="ghost" icon={PhoneOff} shortcut="offer.decline" onClick={decline}>
        {t("offer.decline")}
      </Button>
    </div>
  );
}
