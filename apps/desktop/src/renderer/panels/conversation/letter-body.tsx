import type { Message } from "@tongdai/shared";
import { Image, Quote } from "lucide-react";
import { useCallback, useState } from "react";
import { letterBody } from "../../actions/letter-body.ts";
import { useClient } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { LetterFrame } from "../letter-frame.tsx";
import { openLink } from "../open-link.ts";

/** A letter as it was written: formatted in a frame of its own, what it quotes folded, pictures from elsewhere only when asked for. */
export function LetterBody({ message }: { readonly message: Message }) {
  const t = useT();
  const client = useClient();
  const [images, setImages] = useState(false);
  const [quoted, setQuoted] = useState(false);
  const fetch = useCallback(
    (c: typeof client) => letterBody(c, { messageId: message.id, images }),
    [message.id, images],
  );
  const { value: body, failure, reload } = useFetched(fetch);
  const text = message.text !== "" && (
    <SafeText text={message.text} mark="" onLink={(link) => openLink(client, link.href)} />
  );
  if (failure)
    return (
      <div className="rounded-ui bg-sunken px-3 py-1.5 text-read">
        {text}
        <p className="flex items-center gap-2 text-small text-ink-3">
          {t("desk.letter.failed")}
          <Button size="small" variant="ghost" onClick={reload}>
            {t("common.retry")}
          </Button>
        </p>
      </div>
    );
  if (!body) return <Skeleton className="h-24 w-96 max-w-full" />;
  const hasQuote = body.html === null ? body.quoted !== "" : body.html.includes("data-quote");
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {body.html === null ? (
        <div className="rounded-ui bg-sunken px-3 py-1.5 text-read">
          {text}
          {quoted && (
            <blockquote className="mt-2 border-l-2 border-line-strong pl-2 whitespace-pre-wrap text-ink-3">
              {body.quoted}
            </blockquote>
          )}
        </div>
      ) : (
        <LetterFrame html={body.html} quoted={quoted} />
      )}
      <div className="flex flex-wrap gap-1">
        {hasQuote && (
          <Button size="small" variant="ghost" aria-expanded={quoted} onClick={() => setQuoted(!quoted)}>
            <Quote size={12} aria-hidden />
            {t(quoted ? "desk.letter.hideQuoted" : "desk.letter.showQuoted")}
          </Button>
        )}
        {body.remote > 0 && (
          <Button
            size="small"
            variant="ghost"
            title={t("desk.letter.picturesWhy")}
            onClick={() => setImages(true)}
          >
            <Image size={12} aria-hidden />
            {t("desk.letter.showPictures", { count: body.remote })}
          </Button>
        )}
      </div>
    </div>
  );
}
