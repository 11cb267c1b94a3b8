import type { AccountBacklog, ChannelAccount } from "@tongdai/shared";
import { ListRestart } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Fact, When } from "./fact.tsx";
import { FailedSends } from "./failed-sends.tsx";

interface BacklogFactsProps {
  readonly account: ChannelAccount;
  readonly backlog: AccountBacklog;
  readonly onResent: () => void;
}

/** What of an account is not done, where there is anything. */
export function BacklogFacts({ account, backlog, onResent }: BacklogFactsProps) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const { toSend, dueSince, failed, unknown, quarantined } = backlog;
  return (
    <>
      {toSend > 0 && (
        <Fact
          label={t("admin.backlog.toSend")}
          value={
            <>
              {t("admin.backlog.messages", { count: toSend })}
              {dueSince !== null && (
                <>
                  {" "}
                  · {t("admin.backlog.oldest")} <When at={dueSince} />
                </>
              )}
            </>
          }
        />
      )}
      {failed + unknown > 0 && (
        <Fact
          label={t("admin.backlog.notArrived")}
          value={
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span>
                {[
                  failed > 0 && t("admin.backlog.failures", { count: failed }),
                  unknown > 0 && t("admin.backlog.unknown", { count: unknown }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <Button size="small" icon={ListRestart} onClick={() => setOpen(true)}>
                {t("admin.backlog.show")}
              </Button>
            </span>
          }
        />
      )}
      {quarantined && (
        <Fact
          label={t("admin.quarantine.label")}
          value={
            <>
              {t("admin.quarantine.count", { count: quarantined.count })} · {t("admin.quarantine.newest")}{" "}
              <When at={quarantined.newestAt} />
            </>
          }
        />
      )}
      {isOpen && <FailedSends account={account} onResent={onResent} onClose={() => setOpen(false)} />}
    </>
  );
}
