import type { AccountField } from "@tongdai/shared";
import type { ChannelSetup } from "../../actions/channel-setup.ts";
import { useT } from "../../i18n/index.ts";
import { causeText } from "../words.ts";
import { useChannelWords } from "./channel-words.ts";
import { Pasted } from "./pasted.tsx";

interface WebhookAddressProps {
  /** `null`: not told yet. */
  readonly setup: ChannelSetup | null;
  readonly failure: unknown;
  /** As typed: newer than what is stored; empty for what is to stay. */
  readonly path: string;
  /** What is typed ends it; otherwise the gateway makes it up when the account is saved. */
  readonly isTyped: boolean;
  /** Our own word for the vendor, as typed; `null`: the channel has none. */
  readonly word: { readonly field: AccountField; readonly value: string } | null;
  readonly hint: string;
}

/** What the vendor must be told, ready to be pasted there. */
export function WebhookAddress({ setup, failure, path: newPath, isTyped, word, hint }: WebhookAddressProps) {
  const t = useT();
  const say = useChannelWords();
  const path = newPath || (setup?.webhook?.path ?? "");
  const token = word && (word.value || (setup?.webhook?.verifyToken ?? ""));
  const base = setup?.publicUrl ?? null;
  const later = t(isTyped ? "admin.account.webhookLater" : "admin.account.webhookSaved");
  return (
    <section
      aria-label={t("admin.account.webhook")}
      aria-busy={setup === null && failure === null}
      className="rounded-ui bg-sunken p-3"
    >
      <dl className="flex flex-col gap-2">
        <Pasted
          label={t("admin.account.webhook")}
          shown={path === "" ? later : `${base ?? "https://…"}${path}`}
          value={base === null || path === "" ? null : base + path}
        />
        {word && token !== null && (
          <Pasted label={say(word.field.label)} shown={token} value={token || null} />
        )}
      </dl>
      {setup !== null && base === null && (
        <p role="status" className="mt-2 rounded-ui bg-amber-soft px-2 py-1.5 text-small text-amber-ink">
          {t("admin.account.noPublicUrl")}
        </p>
      )}
      {failure !== null && (
        <p role="alert" className="mt-2 text-small text-red-ink">
          {causeText(failure, t)}
        </p>
      )}
      <p className="mt-2 text-small text-pretty text-ink-2">{hint}</p>
    </section>
  );
}
