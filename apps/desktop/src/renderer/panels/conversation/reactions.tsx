import type { Message } from "@tongdai/shared";
import { react } from "../../actions/react.ts";
import { useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";

export function Reactions({ message }: { readonly message: Message }) {
  const t = useT();
  const run = useRun();
  if (message.reactions.length === 0) return null;
  return (
    <ul className="-mt-2 flex gap-1 self-start pl-2">
      {message.reactions.map(({ by, emoji }) => {
        const label = t(by === "us" ? "desk.message.reactedByUs" : "desk.message.reactedByCustomer", {
          emoji,
        });
        const look =
          "inline-flex h-6 items-center rounded-full bg-raised px-1.5 text-small shadow-[inset_0_0_0_1px_var(--line)]";
        return (
          <li key={`${by} ${emoji}`}>
            {by === "us" ? (
              <button
                type="button"
                className={`${look} hover:bg-hover`}
                title={t("desk.message.unreact")}
                aria-label={`${label}. ${t("desk.message.unreact")}`}
                onClick={() => run((c) => react(c, message, null))}
              >
                {emoji}
              </button>
            ) : (
              <span role="img" aria-label={label} title={label} className={look}>
                {emoji}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
