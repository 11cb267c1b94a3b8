import { Grid3x3 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { pressKeys } from "../../actions/call.ts";
import { useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { Talk } from "../../state/talk.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";

const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** For menus at the other end; typed or clicked. */
export function Keypad({ talk }: { readonly talk: Talk }) {
  const t = useT();
  const run = useRun();
  const [isOpen, setOpen] = useState(false);
  const [pressed, setPressed] = useState("");
  useShortcuts({ "call.keypad": () => setOpen(true) });
  const press = (key: string) => {
    setPressed((before) => before + key);
    run((client) => pressKeys(client, talk.id, key));
  };
  const type = (event: KeyboardEvent) => {
    const key = keys.find((each) => each === event.key);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    press(key);
  };
  return (
    <Popover
      label={t("conversation.call.keypad")}
      open={isOpen}
      onOpenChange={setOpen}
      align="end"
      trigger={<IconButton icon={Grid3x3} label={t("conversation.call.keypad")} shortcut="call.keypad" />}
    >
      <div className="w-48">
        <p aria-live="polite" className="tabular mb-2 h-6 truncate text-right text-read">
          <span className="sr-only">{t("call.keys")} </span>
          {pressed}
        </p>
        <div className="grid grid-cols-3 gap-1.5">
          {keys.map((key) => (
            <Button key={key} aria-label={t("call.key", { key })} onClick={() => press(key)} onKeyDown={type}>
              {key}
            </Button>
          ))}
        </div>
      </div>
    </Popover>
  );
}
