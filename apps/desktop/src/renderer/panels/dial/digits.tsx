import { useT } from "../../i18n/index.ts";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0"] as const;

/** For the mouse; the keyboard types in the box. */
export function Digits({ onPress }: { readonly onPress: (digit: string) => void }) {
  const t = useT();
  return (
    <div className="grid shrink-0 grid-cols-3 gap-1 self-start">
      {digits.map((digit) => (
        <button
          key={digit}
          type="button"
          aria-label={t("call.key", { key: digit })}
          onClick={() => onPress(digit)}
          className="h-9 w-12 rounded-ui border border-line text-reading font-medium tabular hover:bg-hover"
        >
          {digit}
        </button>
      ))}
    </div>
  );
}
