import type { Conversation, TemplateAddress } from "@tongdai/shared";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { templateAccounts } from "../../state/accounts.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { Field } from "../../ui/field.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";

/** By which account a template goes. */
export interface Source {
  /** Of another channel than the conversation's. */
  readonly otherId: string | undefined;
  readonly by: readonly TemplateAddress[];
  readonly others: ReturnType<typeof templateAccounts>;
  readonly choose: (accountId: string) => void;
}

export function useTemplateSource(conversation: Conversation): Source {
  const people = useSelect((s) => s.people);
  const session = useSelect((s) => s.session);
  const [chosen, choose] = useState<string | null>(null);
  const accounts = templateAccounts({ people, session }, conversation);
  const now = accounts.find(({ account }) => account.id === chosen) ?? accounts[0];
  return {
    otherId: now?.isOther ? now.account.id : undefined,
    by: now?.by ?? [],
    others: accounts.filter(({ isOther }) => isOther),
    choose,
  };
}

/** Says so where it is not the account of the conversation; which one is a choice where there are several. */
export function TemplateSource({ source: { otherId, others, choose } }: { readonly source: Source }) {
  const t = useT();
  if (otherId === undefined) return null;
  const options = others.map(({ account }) => ({
    value: account.id,
    label: neutralise(account.name),
    icon: <ChannelIcon channel={account.channel} size={16} />,
  }));
  return (
    <Field label={t("template.from")} hint={t("template.fromHint")}>
      <Select value={otherId} onChange={choose} options={options} disabled={options.length === 1} />
    </Field>
  );
}
