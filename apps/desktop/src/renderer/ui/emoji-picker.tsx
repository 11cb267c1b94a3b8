import { Smile } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useT } from "../i18n/index.ts";
import { IconButton } from "./icon-button.tsx";
import { Popover } from "./popover.tsx";

const EmojiPanel = lazy(() => import("./emoji-panel.tsx"));

interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void;
  readonly disabled?: boolean;
}

/** A button and its panel; the panel and its names are fetched when it is first opened. */
export function EmojiPicker({ onPick, disabled = false }: EmojiPickerProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t("common.emoji")}
      side="top"
      className="p-0"
      trigger={<IconButton icon={Smile} label={t("common.emoji")} disabled={disabled} />}
    >
      <Suspense
        fallback={
          <div className="flex h-80 w-76 items-center justify-center text-body text-ink-3">
            {t("common.emojiLoading")}
          </div>
        }
      >
        <EmojiPanel
          onPick={(emoji) => {
            setOpen(false);
            onPick(emoji);
          }}
        />
      </Suspense>
    </Popover>
  );
}
