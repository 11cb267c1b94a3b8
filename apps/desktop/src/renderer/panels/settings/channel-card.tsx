import type { AccountBacklog, ChannelAccount, HealthState } from "@tongdai/shared";
import {
  CircleAlert,
  CircleCheck,
  CircleOff,
  FlaskConical,
  type LucideIcon,
  Pencil,
  RefreshCw,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { AccountFacts, AlarmLine } from "./account-facts.tsx";
import { AccountSignature } from "./account-signature.tsx";
import { BacklogFacts } from "./backlog-facts.tsx";
import { useChannelWords } from "./channel-words.ts";
import { checkAccount } from "./check-account.ts";
import { ConnectAccount } from "./connect-account.tsx";
import { Fact, When } from "./fact.tsx";
import { Trial } from "./trial.tsx";

interface ChannelCardProps {
  readonly account: ChannelAccount;
  /** `null`: not known yet. */
  readonly backlog: AccountBacklog | null;
  /** Something was done about it that the backlog tells. */
  readonly onChanged: () => void;
  /** Absent: this client does not know the form. */
  readonly onEdit: (() => void) | undefined;
  /** It is new, and its owner is to give permission now. */
  readonly startsConsent: boolean;
}

const looks: Record<HealthState, { readonly tone: Tone; readonly icon: LucideIcon }> = {
  ok: { tone: "green", icon: CircleCheck },
  silent: { tone: "amber", icon: TriangleAlert },
  login_needed: { tone: "red", icon: CircleAlert },
  restricted: { tone: "red", icon: CircleAlert },
  unreachable: { tone: "red", icon: CircleAlert },
  disabled: { tone: "red", icon: CircleAlert },
  off: { tone: "neutral", icon: CircleOff },
};

/** One page or number: how it is since when, and in words what to do. */
export function ChannelCard({ account, backlog, onChanged, onEdit, startsConsent }: ChannelCardProps) {
  const t = useT();
  const queue = useSelect((s) => s.people.queues[account.queueId]?.name);
  const comments = useSelect((s) => s.people.queues[account.commentQueueId ?? ""]?.name);
  const { state, since } = account.health;
  const lastInboundAt = Math.max(account.health.lastInboundAt ?? 0, backlog?.lastInboundAt ?? 0) || null;
  // Silence from the beginning has other causes than silence after talk.
  const remedy = state === "silent" && lastInboundAt === null ? "never_heard" : state;
  const { tone, icon } = looks[state];
  const [isTrying, setTrying] = useState(false);
  const endTrial = () => {
    setTrying(false);
    onChanged();
  };
  const say = useChannelWords();
  const setup = useSelect((s) => s.people.channels[account.channel]?.setup);
  const own = remedy === "ok" || remedy === "off" ? undefined : setup?.remedies[remedy];
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <ChannelIcon channel={account.channel} size={20} className="mt-0.5" />
        <div className="min-w-0 flex-1">
          <p className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 font-medium wrap-anywhere">{neutralise(account.name)}</span>
            <Badge tone={tone} icon={icon}>
              {t(`admin.health.${state}`)}
            </Badge>
            {account.oneWay && <Badge>{t("admin.channels.oneWay")}</Badge>}
          </p>
        </div>
        <div className="flex shrink-0 gap-2">
          {setup?.consent && <ConnectAccount account={account} starts={startsConsent} />}
          <CheckNow account={account} onChecked={onChanged} />
          {account.enabled && (
            <Button size="small" icon={FlaskConical} onClick={() => setTrying(true)}>
              {t("admin.trial.try")}
            </Button>
          )}
          <AccountSignature account={account} />
          {onEdit && (
            <Button size="small" icon={Pencil} onClick={onEdit}>
              {t("common.edit")}
            </Button>
          )}
        </div>
      </div>
      <p className="ml-8 text-small text-ink-3">
        {t("admin.channels.idAndQueue", {
          id: account.externalId,
          queue: queue ?? t("common.unknown"),
        })}
        {comments !== undefined && ` · ${t("admin.channels.commentsInto", { queue: comments })}`}
      </p>
      <dl className="mt-2 ml-8 grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
        <Fact label={t("admin.channels.since")} value={<When at={since} />} />
        <Fact
          label={t("admin.channels.lastInbound")}
          value={lastInboundAt === null ? t("admin.channels.nothingYet") : <When at={lastInboundAt} />}
        />
        {account.health.lastError !== null && (
          <Fact
            label={t("admin.channels.vendorSaid")}
            value={<span className="wrap-anywhere select-text">{neutralise(account.health.lastError)}</span>}
          />
        )}
        {backlog && <AccountFacts backlog={backlog} />}
        {backlog && <BacklogFacts account={account} backlog={backlog} onResent={onChanged} />}
      </dl>
      {account.alarms.map((alarm) => (
        <AlarmLine key={alarm.kind} alarm={alarm} consent={setup?.consent === true} />
      ))}
      {backlog?.quarantined && <Remedy words={t("admin.quarantine.remedy")} />}
      {isTrying && <Trial account={account} onClose={endTrial} />}
      {remedy !== "ok" && <Remedy words={own ? say(own) : t(`admin.remedy.${remedy}`)} />}
    </li>
  );
}

function Remedy({ words }: { readonly words: string }) {
  const t = useT();
  return (
    <p className="mt-2 ml-8 text-body text-pretty">
      <span className="font-medium">{t("admin.channels.whatToDo")}</span> {words}
    </p>
  );
}

interface CheckNowProps {
  readonly account: ChannelAccount;
  readonly onChecked: () => void;
}

function CheckNow({ account, onChecked }: CheckNowProps) {
  const t = useT();
  const client = useClient();
  const [busy, setBusy] = useState(false);
  if (!account.enabled) return null;
  const check = () => {
    setBusy(true);
    void checkAccount(client, account.id, t).finally(() => {
      setBusy(false);
      onChecked();
    });
  };
  return (
    <Button size="small" icon={RefreshCw} loading={busy} onClick={check}>
      {t("admin.channels.check")}
    </Button>
  );
}
