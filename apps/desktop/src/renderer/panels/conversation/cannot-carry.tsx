import type { Conversation } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { DraftState } from "../../state/model.ts";
import { privateExcess } from "../../state/private-answer.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { mostBytes, partsOf, type UnfitFile, unfitFiles } from "../../state/unfit.ts";
import { formatBytes, formatNumber } from "../../ui/format.ts";
import { OtherWays } from "./other-ways.tsx";
import { useDraftFiles } from "./use-draft-files.ts";

interface CannotCarryProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
}

/** What of the answer this channel cannot carry, or would cut up, and the customer's channels that can carry it whole. */
export function CannotCarry({ conversation, draft }: CannotCarryProps) {
  const t = useT();
  const capabilities = useSelect((s) => selectCapabilities(s, conversation));
  const files = useDraftFiles();
  if (!capabilities) return null;
  const { attachments: rules, text } = capabilities;
  const unfit = unfitFiles(files, conversation.id, rules);
  const [first] = unfit;
  const over = privateExcess(capabilities.public, draft);
  if (!first && over === 0 && partsOf(draft.text, text) === 1) return null;
  return (
    <div className="flex min-h-6 flex-wrap items-center justify-end gap-x-2 gap-y-1 px-3 pb-1 text-small text-amber-ink">
      {first && (
        <p role="status" className="min-w-0 flex-1">
          {unfitText(first, formatBytes(mostBytes(first.kind, rules)), t)}
          {unfit.length > 1 && ` ${t("desk.ways.andMore", { count: unfit.length - 1 })}`}
        </p>
      )}
      {over > 0 && (
        <p role="status" className="min-w-0 flex-1">
          {t("comments.tooLong", {
            limit: formatNumber(capabilities.public?.privateReply?.maxLength ?? 0),
            over: formatNumber(over),
          })}
        </p>
      )}
      <OtherWays conversation={conversation} whole />
    </div>
  );
}

const unfitText = ({ why, name }: UnfitFile, limit: string, t: T): string =>
  why === "too_big"
    ? t("conversation.composer.tooBig", { name, limit })
    : t("conversation.composer.wrongType", { name });
