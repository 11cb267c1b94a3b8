/* oxlint-disable jsx-a11y/media-has-caption -- a customer's recording has no captions */
import type { Attachment, Message } from "@tongdai/shared";
import { ExternalLink, ImageOff, LoaderCircle, MapPin } from "lucide-react";
import { useClient, useMedia } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { FileChip, ImageThumb } from "../../ui/files.tsx";
import { formatBytes } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { openLink } from "../open-link.ts";
import { saveFile } from "../save-file.ts";

interface AttachmentsProps {
  readonly message: Message;
  readonly onPicture: (mediaId: string) => void;
}

export function Attachments({ message, onPicture }: AttachmentsProps) {
  const t = useT();
  const attachments = message.attachments.filter((a) => !a.inline);
  if (attachments.length === 0) return null;
  const ours = message.direction !== "in";
  const bytes = attachments.reduce((sum, { size }) => sum + (size ?? 0), 0);
  return (
    <>
      {message.letter && (
        <p className={`text-small text-ink-3 ${ours ? "text-right" : ""}`}>
          {t("letter.files", { count: attachments.length, size: formatBytes(bytes) })}
        </p>
      )}
      <ul className={`flex flex-wrap gap-1 ${ours ? "justify-end" : ""}`}>
        {attachments.map((attachment) => (
          <li key={attachment.id} className="max-w-full min-w-0">
            <One attachment={attachment} onPicture={onPicture} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface OneProps {
  readonly attachment: Attachment;
  readonly onPicture: (mediaId: string) => void;
}

function One({ attachment, onPicture }: OneProps) {
  const t = useT();
  switch (attachment.kind) {
    case "link":
    case "card":
    case "location":
      return <LinkCard attachment={attachment} />;
    case "unsupported":
      return (
        <p className="rounded-ui bg-sunken px-3 py-1.5 text-body text-ink-3">
          {t("desk.attachment.unsupported")}
        </p>
      );
    case "image":
    case "sticker":
    case "video":
    case "audio":
    case "file":
      if (attachment.state === "failed") return <Failed attachment={attachment} />;
      if (attachment.state !== "ready" || attachment.mediaId === null)
        return <Pending attachment={attachment} />;
      return <Ready attachment={attachment} mediaId={attachment.mediaId} onPicture={onPicture} />;
  }
}

function Ready({ attachment, mediaId, onPicture }: OneProps & { readonly mediaId: string }) {
  const { kind } = attachment;
  if (kind === "image") return <Picture attachment={attachment} mediaId={mediaId} onPicture={onPicture} />;
  if (kind === "sticker") return <StickerPicture mediaId={mediaId} />;
  if (kind === "video" || kind === "audio") return <Player attachment={attachment} mediaId={mediaId} />;
  return <Download attachment={attachment} mediaId={mediaId} />;
}

interface ReadyProps {
  readonly attachment: Attachment;
  readonly mediaId: string;
}

function Picture({ attachment, mediaId, onPicture }: OneProps & { readonly mediaId: string }) {
  const t = useT();
  const url = useMedia(mediaId, attachment.thumbnail ? "thumbnail" : "full");
  if (url === null) return <Skeleton className="h-45 w-60 rounded-ui" />;
  return (
    <ImageThumb
      src={url}
      alt={t("desk.attachment.openImage", { name: neutralise(attachment.name) })}
      {...(attachment.width && attachment.height
        ? { width: attachment.width, height: attachment.height }
        : {})}
      onOpen={() => onPicture(mediaId)}
    />
  );
}

function StickerPicture({ mediaId }: Pick<ReadyProps, "mediaId">) {
  const t = useT();
  const url = useMedia(mediaId);
  if (url === null) return <Skeleton className="size-28 rounded-ui" />;
  return <img src={url} alt={t("desk.attachment.sticker")} className="size-28 object-contain" />;
}

function Player({ attachment, mediaId }: ReadyProps) {
  const t = useT();
  const url = useMedia(mediaId);
  if (url === null) return <Skeleton className="h-13 w-72 rounded-ui" />;
  const label = t(attachment.kind === "video" ? "desk.attachment.video" : "desk.attachment.audio");
  return attachment.kind === "video" ? (
    // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions
    <video controls src={url} aria-label={label} className="max-h-80 max-w-full rounded-ui bg-sunken" />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions
    <audio controls src={url} aria-label={label} className="h-10 w-72 max-w-full" />
  );
}

function Download({ attachment, mediaId }: ReadyProps) {
  const client = useClient();
  return (
    <FileChip
      name={attachment.name}
      type={attachment.mime}
      {...(attachment.size === null ? {} : { bytes: attachment.size })}
      onOpen={() => run(client, saveFile(client, mediaId, attachment.name))}
    />
  );
}

function Pending({ attachment }: { readonly attachment: Attachment }) {
  const t = useT();
  return (
    <p className="flex items-center gap-2 rounded-ui bg-sunken px-3 py-1.5 text-body text-ink-3">
      <LoaderCircle size={14} aria-hidden className="animate-turn" />
      {t(`desk.attachment.${attachment.kind}`)}: {t("desk.attachment.pending")}
    </p>
  );
}

function Failed({ attachment }: { readonly attachment: Attachment }) {
  const t = useT();
  return (
    <p className="flex items-center gap-2 rounded-ui bg-red-soft px-3 py-1.5 text-body text-red-ink">
      <ImageOff size={14} aria-hidden />
      {attachment.failure
        ? t("desk.attachment.failed", { reason: attachment.failure })
        : t("desk.attachment.failedPlain")}
    </p>
  );
}

function LinkCard({ attachment }: { readonly attachment: Attachment }) {
  const t = useT();
  const client = useClient();
  const { url, kind } = attachment;
  const Icon = kind === "location" ? MapPin : ExternalLink;
  const title = neutralise(attachment.title ?? attachment.name) || t(`desk.attachment.${kind}`);
  const inside = (
    <>
      <Icon size={16} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 text-left">
        <span className="line-clamp-2 block text-body text-ink">{title}</span>
        {url && <span className="block truncate text-small text-ink-3">{hostOf(url)}</span>}
      </span>
    </>
  );
  const look =
    "flex max-w-80 min-w-0 items-center gap-2.5 rounded-ui bg-surface px-3 py-2 shadow-[inset_0_0_0_1px_var(--line)]";
  if (!url) return <span className={look}>{inside}</span>;
  return (
    <button
      type="button"
      title={url}
      aria-label={t("common.openLink", { target: title })}
      onClick={() => openLink(client, url)}
      className={`${look} hover:bg-hover`}
    >
      {inside}
    </button>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
