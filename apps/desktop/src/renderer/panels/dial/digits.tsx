import { Delete } from "lucide-react";
import { useT } from "../../i18n/index.ts";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0"] as const;

interface DigitsProps {
  readonly onPress: (digit: string) => void;
  readonly onErase: () => void;
}

const look =
  "flex h-9 w-12 items-center justify-center rounded-ui border border-line text-read font-medium hover:bg-hover";

/** For the mouse; the keyboard types in the box. */
export function Digits({ onPress, onErase }: DigitsProps) {
  const t = useT();
  return (
    <div className="grid shrink-0 grid-cols-3 gap-1 self-start">
      {digits.map((digit) => (
        <button
          key={digit}
          type="button"
          aria-label={t("call.key", { key: digit })}
          onClick={() => onPress(digit)}
          className={look}
        >
          {digit}
        </button>
      ))}
      <button type="button" aria-label={t("dial.erase")} onClick={onErase} className={look}>
        <Delete size={16} aria-hidden />
      </button>
    </div>
  );
}
