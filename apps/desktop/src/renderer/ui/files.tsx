import {
  CircleAlert,
  File,
  FileAudio,
  FileImage,
  FileText,
  FileVideo,
  ImageOff,
  RotateCw,
  X,
} from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { formatBytes } from "./format.ts";
import { IconButton } from "./icon-button.tsx";
import { neutralise } from "./safe-text.ts";

const icons = [
  [/^image\//, FileImage],
  [/^audio\//, FileAudio],
  [/^video\//, FileVideo],
  [/pdf|text|document|sheet|msword|excel/, FileText],
] as const;

/** The end of a name tells what a file is: a long one is cut in its middle. */
export function shortName(name: string, max = 22): string {
  const safe = neutralise(name).replaceAll(/\s+/g, " ");
  if (safe.length <= max) return safe;
  const tail = Math.min(12, Math.floor(max / 2));
  return `${safe.slice(0, max - tail - 1)}…${safe.slice(-tail)}`;
}

interface FileChipProps {
  readonly name: string;
  readonly bytes?: number;
  readonly type?: string;
  /** 0 to 1 while it is being sent up. */
  readonly progress?: number;
  readonly error?: string;
  /** A small picture of it, in place of the icon. */
  readonly picture?: string;
  readonly onOpen?: () => void;
  readonly onRetry?: () => void;
  readonly onRemove?: () => void;
}

export function FileChip(props: FileChipProps) {
  const { name, bytes, type = "", progress, error, picture, onOpen, onRetry, onRemove } = props;
  const t = useT();
  const Icon = error ? CircleAlert : (icons.find(([kind]) => kind.test(type))?.[1] ?? File);
  const busy = progress !== undefined && progress < 1;
  const percent = Math.round((progress ?? 0) * 100);
  const label = shortName(name);
  const second =
    error ?? (busy ? t("common.progress", { percent }) : bytes === undefined ? "" : formatBytes(bytes));
  const words = (
    <>
      {picture && !error ? (
        <img src={picture} alt="" className="-ml-1 size-8 shrink-0 rounded-tight object-cover" />
      ) : (
        <Icon
          size={18}
          strokeWidth={1.5}
          aria-hidden
          className={cn("shrink-0", error ? "text-red" : "text-ink-3")}
        />
      )}
      <span className="min-w-0 text-left">
        <span className="block truncate text-body text-ink">{label}</span>
        {second && (
          <span className={cn("tabular block text-small", error ? "text-red-ink" : "text-ink-3")}>
            {second}
          </span>
        )}
      </span>
    </>
  );
  return (
    <span
      title={neutralise(name)}
      data-edge
      className="relative inline-flex h-11 max-w-70 min-w-0 items-center overflow-hidden rounded-ui bg-surface shadow-[inset_0_0_0_1px_var(--line)]"
    >
      {onOpen && !busy ? (
        <button
          type="button"
          onClick={onOpen}
          className="focus-inset flex h-full min-w-0 items-center gap-2 rounded-ui px-2.5 hover:bg-hover"
        >
          {words}
        </button>
      ) : (
        <span className="flex min-w-0 items-center gap-2 px-2.5">{words}</span>
      )}
      {onRetry && (
        <IconButton
          icon={RotateCw}
          size="small"
          label={t("conversation.composer.retryUpload", { name: label })}
          onClick={onRetry}
        />
      )}
      {onRemove && (
        <IconButton
          icon={X}
          size="small"
          label={t("common.removeNamed", { name: label })}
          onClick={onRemove}
          className="mr-1.5"
        />
      )}
      {busy && (
        <span
          role="progressbar"
          aria-label={t("common.fileProgress", { name: label, percent })}
          aria-valuenow={percent}
          className="absolute bottom-0 left-0 h-0.5 bg-accent"
          style={{ width: `${percent}%` }}
        />
      )}
    </span>
  );
}

interface ImageThumbProps {
  readonly src: string;
  readonly alt: string;
  /** As sent, so that nothing jumps when it arrives. */
  readonly width?: number;
  readonly height?: number;
  readonly onOpen?: () => void;
}

const limit = 240;

export function ImageThumb({ src, alt, width = 240, height = 180, onOpen }: ImageThumbProps) {
  const t = useT();
  const [state, setState] = useState<{ src: string; done: "loaded" | "failed" }>();
  const done = state?.src === src ? state.done : undefined;
  const scale = Math.min(1, limit / Math.max(width, height, 1));
  const box = { width: Math.max(48, width * scale), height: Math.max(48, height * scale) };
  if (done === "failed")
    return (
      <span
        style={box}
        className="inline-flex flex-col items-center justify-center gap-1 rounded-ui bg-sunken p-2 text-center text-small text-ink-3"
      >
        <ImageOff size={18} aria-hidden />
        {t("common.imageFailed")}
      </span>
    );
  return (
    <button
      type="button"
      onClick={onOpen}
      disabled={!onOpen}
      style={box}
      className={cn(
        "inline-block overflow-hidden rounded-ui bg-sunken",
        done !== "loaded" && "animate-breathe",
      )}
    >
      <img
        src={src}
        alt={alt || t("common.image")}
        loading="lazy"
        onLoad={() => setState({ src, done: "loaded" })}
        onError={() => setState({ src, done: "failed" })}
        className="size-full object-cover"
      />
    </button>
  );
}
