import { type Customer, fold } from "@tongdai/shared";
import { SearchX } from "lucide-react";
import { useEffect, useRef } from "react";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useMedia, useRun, useSelect } from "../../actions/react-client.ts";
import { search, searchMore } from "../../actions/search.ts";
import { showMessage } from "../../actions/show-message.ts";
import { useT } from "../../i18n/index.ts";
import type { SearchHit } from "../../state/model.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { Highlight } from "../../ui/highlight.tsx";
import { shownName } from "../../ui/phone.ts";
import { rovingKeys } from "../../ui/roving.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { usePicture } from "../use-picture.ts";

export function SearchResults() {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const { query, status, hits, customers, next } = useSelect((s) => s.inbox.search);
  const list = useRef<HTMLDivElement>(null);
  useListFocus(list);
  const isEmpty = hits.length === 0 && customers.length === 0;
  if (status === "failed")
    return <ErrorState title={t("desk.search.failed")} onRetry={() => search(client, query)} />;
  if (isEmpty && status === "loading")
    return (
      <div aria-busy="true">
        <span className="sr-only">{t("common.loading")}</span>
        <SkeletonRows count={5} />
      </div>
    );
  if (isEmpty) return <EmptyState icon={SearchX} title={t("common.noResultsFor", { query })} />;
  return (
    <div ref={list} data-roving-list className="h-full overflow-y-auto" aria-busy={status === "loading"}>
      {customers.length > 0 && (
        <Section title={t("desk.search.customers")}>
          {customers.map((customer, i) => (
            <CustomerHit key={customer.id} customer={customer} query={query} isFirst={i === 0} />
          ))}
        </Section>
      )}
      {hits.length > 0 && (
        <Section title={t("desk.search.messages")}>
          {hits.map((hit, i) => (
            <MessageHit
              key={hit.message.id}
              hit={hit}
              query={query}
              isFirst={i === 0 && customers.length === 0}
            />
          ))}
          {next && (
            <li className="p-3 text-center">
              <Button size="small" onClick={() => run(searchMore)}>
                {t("common.moreItems")}
              </Button>
            </li>
          )}
        </Section>
      )}
    </div>
  );
}

/** To the first hit when the list is asked for; what was asked before there were hits was for another list. */
function useListFocus(list: { readonly current: HTMLElement | null }): void {
  const wish = useSelect((s) => s.ui.focus);
  const answered = useRef(wish.count);
  useEffect(() => {
    if (wish.count === answered.current) return;
    answered.current = wish.count;
    if (wish.target === "list") list.current?.querySelector<HTMLElement>("[data-roving]")?.focus();
  }, [wish, list]);
}

interface SectionProps {
  readonly title: string;
  readonly children: React.ReactNode;
}

function Section({ title, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <h2 className="sticky top-0 z-10 bg-surface px-3 pt-3 pb-1 text-small font-medium text-ink-3">
        {title}
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

const row = "focus-inset flex w-full items-start gap-3 px-3 py-2 text-left hover:bg-hover";

interface HitProps {
  readonly query: string;
  /** The one stop for Tab. */
  readonly isFirst: boolean;
}

function CustomerHit({ customer, query, isFirst }: HitProps & { readonly customer: Customer }) {
  const client = useClient();
  const picture = usePicture(customer);
  return (
    <li>
      <button
        type="button"
        data-roving
        tabIndex={isFirst ? 0 : -1}
        onKeyDown={rovingKeys}
        className={row}
        onClick={() => navigate(client, { name: "customers", customerId: customer.id })}
      >
        <Avatar id={customer.id} name={customer.name} size="small" src={picture} />
        <span className="min-w-0 flex-1 truncate text-body" title={shownName(customer.name)}>
          <Highlight text={shownName(customer.name)} query={query} />
        </span>
        <span className="flex gap-1">
          {[...new Set(customer.identities.map((i) => i.channel))].map((channel) => (
            <ChannelIcon key={channel} channel={channel} size={14} />
          ))}
        </span>
      </button>
    </li>
  );
}

function MessageHit({ hit, query, isFirst }: HitProps & { readonly hit: SearchHit }) {
  const run = useRun();
  const { message, conversation } = hit;
  const picture = useMedia(conversation.avatarMediaId);
  return (
    <li>
      <button
        type="button"
        data-roving
        tabIndex={isFirst ? 0 : -1}
        onKeyDown={rovingKeys}
        className={row}
        onClick={() =>
          run((c) => showMessage(c, { conversationId: conversation.id, messageId: message.id, query }))
        }
      >
        <Avatar
          id={conversation.customerId}
          name={conversation.customerName}
          src={picture && picture !== "failed" ? picture : undefined}
          corner={<ChannelIcon channel={conversation.channel} size={14} />}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate text-body" title={shownName(conversation.customerName)}>
              {shownName(conversation.customerName)}
            </span>
            <span title={formatDateTime(message.at)} className="shrink-0 text-small text-ink-3">
              <RelativeTime at={message.at} />
            </span>
          </span>
          <span className="line-clamp-2 text-small text-ink-2">
            <Highlight text={excerpt(message.text, query)} query={query} />
          </span>
        </span>
      </button>
    </li>
  );
}

const around = 40;

/** The part of a long message where the word stands. */
export function excerpt(text: string, query: string): string {
  const calm = neutralise(text).replaceAll(/\s+/g, " ");
  const [word = ""] = fold(query).split(" ");
  const at = fold(calm).indexOf(word);
  return at > around ? `…${calm.slice(at - around)}` : calm;
}
