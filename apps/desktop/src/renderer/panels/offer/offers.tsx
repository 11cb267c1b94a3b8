import type { Offer } from "@tongdai/shared";
import { useState } from "react";
import { useMedia, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectTalkOf } from "../../state/calls.ts";
import { selectConversation, selectMyOffers } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed, Ring } from "../../ui/time.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { previewText, reasonText } from "../words.ts";
import { Lately } from "./lately.tsx";
import { isCall, refuseOffer, takeOffer } from "./take-offer.ts";

/** The offer that ends first, over a corner of the work. It never takes the focus; its keys do nothing while one types. */
export default function Offers() {
  const offers = useSelect(selectMyOffers);
  const [first] = offers;
  return first ? <Card key={first.id} offer={first} others={offers.length - 1} /> : null;
}

interface CardProps {
  readonly offer: Offer;
  readonly others: number;
}

function Card({ offer, others }: CardProps) {
  const t = useT();
  // A stranger's name is asked of the vendor while the offer is on its way.
  const conversation = useSelect((state) => selectConversation(state, offer.conversationId));
  const name = conversation?.customerName ?? offer.customerName;
  const picture = useMedia(conversation?.avatarMediaId ?? null);
  const words = previewText(offer.preview, t);
  const run = useRun();
  const [answered, setAnswered] = useState(false);
  const queue = useSelect((s) => s.people.queues[offer.queueId]?.name ?? "");
  const isOver = useTicking((now) => now >= offer.deadline);
  const people = useSelect((s) => s.people);
  const rings = useSelect((s) => isCall(s, offer));
  const talk = useSelect((s) => selectTalkOf(s, offer.interactionId));
  // The offer is told a moment before the phone rings, and goes a moment after it was answered.
  const isReady = !rings || talk?.phase === "ringing";
  const answer = (with_: typeof takeOffer) => {
    if (answered || isOver) return;
    setAnswered(true);
    run((client) =>
      with_(client, offer)
        .then(() => {
          // A call that could not be answered goes on ringing, and may be tried again.
          if (rings) setAnswered(false);
        })
        .catch((cause: unknown) => {
          setAnswered(false);
          throw cause;
        }),
    );
  };
  useShortcuts({
    "offer.accept": () => isReady && answer(takeOffer),
    "offer.decline": () => answer(refuseOffer),
  });
  return (
    <section
      aria-label={t("offer.label")}
      // Not at the foot: there it would lie over the button that sends.
      className="fixed top-16 right-4 z-30 w-84 animate-appear rounded-ui bg-raised p-4 shadow-float"
    >
      <div role="alert" className="sr-only">
        {t("desk.shell.newOffer", { name })}
      </div>
      <div className="flex items-start gap-3">
        <Avatar
          id={offer.customerId}
          name={name}
          size="large"
          src={picture && picture !== "failed" ? picture : undefined}
          corner={<ChannelIcon channel={offer.channel} size={16} />}
        />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-read font-semibold">{neutralise(name)}</h2>
          <p title={t("offer.queue", { queue })} className="line-clamp-2 text-small text-ink-3">
            {t(`common.channel.${offer.channel}`)} · {queue}
          </p>
        </div>
        <Ring startsAt={offer.madeAt} endsAt={offer.deadline} size={44} />
      </div>
      {words !== "" && (
        <p className="mt-3 line-clamp-3 border-l-2 border-line-strong pl-2 text-read">{words}</p>
      )}
      {offer.note && <Note note={offer.note} />}
      {rings && <Lately customerId={offer.customerId} />}
      <dl className="mt-3 flex flex-wrap gap-x-4 gap-y-0.5 text-small text-ink-3">
        <div className="flex gap-1">
          <dt>{t("offer.waited", { time: "" }).trim()}</dt>
          <dd>
            <Elapsed since={offer.waitingSince} warnAfter={120_000} lateAfter={300_000} />
          </dd>
        </div>
        {offer.reasons.length > 0 && (
          <div className="flex gap-1">
            <dt>{t("offer.why")}:</dt>
            <dd>{offer.reasons.map((why) => reasonText(why, people, t)).join(", ")}</dd>
          </div>
        )}
      </dl>
      <div className="mt-4 flex gap-2">
        <Button
          variant="primary"
          size="large"
          shortcut="offer.accept"
          loading={answered}
          disabled={isOver || !isReady}
          onClick={() => answer(takeOffer)}
          className="flex-1"
        >
          {t(rings ? (isReady ? "offer.answer" : "conversation.call.connecting") : "offer.accept")}
        </Button>
        <Button
          size="large"
          variant="ghost"
          shortcut="offer.decline"
          disabled={answered || isOver}
          onClick={() => answer(refuseOffer)}
        >
          {t("offer.decline")}
        </Button>
      </div>
      {rings && talk === null && <NotHere madeAt={offer.madeAt} />}
      {others > 0 && <p className="mt-2 text-small text-ink-3">{t("offer.more", { count: others })}</p>}
    </section>
  );
}

/** What the colleague wrote who hands it on. */
function Note({ note }: { readonly note: NonNullable<Offer["note"]> }) {
  const t = useT();
  const name = useSelect((s) => s.people.users[note.byId ?? ""]?.name) ?? t("common.unknown");
  return (
    <div className="mt-3 rounded-ui bg-amber-soft px-3 py-2">
      <p className="text-small text-ink-2">{t("offer.noteFrom", { name })}</p>
      <p className="line-clamp-4 text-body text-ink">{neutralise(note.text)}</p>
    </div>
  );
}

/** Longer than this no call needs from its offer to its ring. */
const ringAfterMs = 2_000;

/** Why it cannot be answered here. */
function NotHere({ madeAt }: { readonly madeAt: number }) {
  const t = useT();
  const isLate = useTicking((now) => now - madeAt > ringAfterMs);
  const isReady = useSelect((s) => s.calls.phone === "ready");
  if (!isLate) return null;
  return (
    <p role="status" className="mt-2 text-small text-amber-ink">
      {t(isReady ? "call.ringsElsewhere" : "call.phoneNotHere")}
    </p>
  );
}
