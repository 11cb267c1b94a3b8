import { AppError, type OutboundRules } from "@tongdai/shared";
import { useState } from "react";
import { loadOutboundRules, saveOutboundRules } from "../../actions/outbound-rules.ts";
import { useClient } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { OutboundForm } from "./outbound-form.tsx";
import { Failed, LoadingRows, Page } from "./page.tsx";

/** Who may be called from here, how often, when, and by which number of ours. */
export function Outbound() {
  const t = useT();
  const client = useClient();
  const { value, failure, reload } = useFetched(loadOutboundRules);
  const [saved, setSaved] = useState<OutboundRules | null>(null);
  const rules = saved && value && saved.version > value.version ? saved : value;
  const save = async (next: OutboundRules) => {
    try {
      setSaved(await saveOutboundRules(client, next));
    } catch (cause) {
      if (cause instanceof AppError && cause.code === "conflict") reload();
      throw cause;
    }
  };
  return (
    <Page title={t("outbound.title")} lead={t("outbound.lead")}>
      {rules ? (
        <OutboundForm rules={rules} onSave={save} />
      ) : failure ? (
        <Failed title={t("outbound.failed")} failure={failure} onRetry={reload} />
      ) : (
        <LoadingRows />
      )}
    </Page>
  );
}
