import type { Message } from "@tongdai/shared";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useMemo } from "react";
import { useClient, useMedia } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { saveFile } from "../save-file.ts";

interface LightboxProps {
  readonly messages: readonly Message[];
  /** The picture shown; `null`: closed. */
  readonly mediaId: string | null;
  readonly onChange: (mediaId: string | null) => void;
}

/** One picture as large as the window allows, with its neighbours a key away. */
export function Lightbox({ messages, mediaId, onChange }: LightboxProps) {
  const t = useT();
  const client = useClient();
  const pictures = useMemo(
    () => messages.flatMap((m) => m.attachments).filter((a) => a.kind === "image" && a.mediaId !== null),
    [messages],
  );
  const at = pictures.findIndex((a) => a.mediaId === mediaId);
  const shown = pictures[at];
  const url = useMedia(mediaId);
  const go = (by: number) => {
    const next = pictures[at + by]?.mediaId;
    if (next) onChange(next);
  };
  return (
    <Dialog.Root open={mediaId !== null} onOpenChange={(open) => !open && onChange(null)}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          data-theme="dark"
          // The first button would show its tooltip.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          className="fixed inset-0 z-40 flex animate-fade flex-col bg-[rgb(0_0_0/0.88)] text-ink outline-none"
          onKeyDown={(event) => {
            if (event.key === "ArrowLeft") go(-1);
            if (event.key === "ArrowRight") go(1);
          }}
        >
          <header className="flex shrink-0 items-center gap-2 px-4 py-2">
            <Dialog.Title className="min-w-0 flex-1 truncate text-body">
              {neutralise(shown?.name ?? "") || t("common.image")}
            </Dialog.Title>
            {mediaId && (
              <IconButton
                icon={Download}
                label={t("common.download")}
                onClick={() => run(client, saveFile(client, mediaId, shown?.name ?? ""))}
              />
            )}
            <Dialog.Close asChild>
              <IconButton icon={X} label={t("common.close")} />
            </Dialog.Close>
          </header>
          <div className="flex min-h-0 flex-1 items-center justify-between gap-2 p-2">
            <IconButton
              icon={ChevronLeft}
              size="large"
              label={t("desk.attachment.previousImage")}
              disabled={at <= 0}
              onClick={() => go(-1)}
            />
            <div className="flex h-full min-w-0 flex-1 items-center justify-center">
              {url ? (
                <img
                  src={url}
                  alt={shown?.name || t("common.image")}
                  className="max-h-full max-w-full rounded-ui object-contain"
                />
              ) : (
                <Spinner size={24} />
              )}
            </div>
            <IconButton
              icon={ChevronRight}
              size="large"
              label={t("desk.attachment.nextImage")}
              disabled={at >= pictures.length - 1}
              onClick={() => go(1)}
            />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
