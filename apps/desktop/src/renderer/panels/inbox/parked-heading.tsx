import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation } from "../../state/selectors.ts";
import { formatShort } from "../../ui/format.ts";
import { useTicking } from "../../ui/ticker.ts";

/** Over the first of what is parked, which is the first to come back. @param first its conversation */
export const parkedHeading = (first: string) => ({
  before: first,
  height: 28,
  content: <ParkedHeading first={first} />,
});

function ParkedHeading({ first }: { readonly first: string }) {
  const t = useT();
  const until = useSelect((s) => selectConversation(s, first)?.interaction?.parked?.until ?? 0);
  const time = useTicking((now) => formatShort(until, now));
  return (
    <p className="flex h-full items-center gap-2 border-b border-line/60 bg-sunken px-3 text-small text-ink-2">
      <span className="font-medium">{t("park.heading")}</span>
      <span className="tabular min-w-0 truncate">{t("park.first", { time })}</span>
    </p>
  );
}
