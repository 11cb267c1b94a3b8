import type { CannedReply, Conversation, User } from "@tongdai/shared";
import { useId, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { rightsOf } from "../../state/access.ts";
import type { DraftState, PeopleSlice } from "../../state/model.ts";
import { selectConversation, selectOpenId } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { foldForSearch } from "../../ui/text.ts";

/** The word that is being typed and asks for a choice. */
export interface Token {
  readonly kind: "canned" | "mention";
  readonly query: string;
  readonly from: number;
}

export interface Suggestion {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** What takes the place of the token. */
  readonly text: string;
}

const mostShown = 8;

/** `/word` at the start of a reply, `@word` anywhere in a note; `null` where the caret is in neither. */
export function suggestionsFor(draft: Pick<DraftState, "text" | "note">, caret: number): Token | null {
  const before = draft.text.slice(0, caret);
  const canned = draft.note ? null : /^\/([\p{L}\p{N}_-]*)$/u.exec(before);
  if (canned) return { kind: "canned", query: canned[1] ?? "", from: 0 };
  const mention = draft.note ? /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before) : null;
  if (!mention) return null;
  const query = mention[1] ?? "";
  return { kind: "mention", query, from: caret - query.length - 1 };
}

export function cannedSuggestions(replies: readonly CannedReply[], query: string): Suggestion[] {
  const wanted = foldForSearch(query);
  const shortcut = (r: CannedReply) => foldForSearch(r.shortcut);
  return replies
    .filter((r) => shortcut(r).includes(wanted) || foldForSearch(r.text).includes(wanted))
    .sort((a, b) => Number(shortcut(b).startsWith(wanted)) - Number(shortcut(a).startsWith(wanted)))
    .slice(0, mostShown)
    .map((r) => ({ id: r.id, label: `/${r.shortcut}`, detail: r.text, text: r.text }));
}

export function mentionSuggestions(users: readonly User[], query: string, myId: string | null): Suggestion[] {
  const wanted = foldForSearch(query);
  // Enter takes the first: whose word begins so comes before whose name has it somewhere inside.
  const begins = (u: User) =>
    u.username.startsWith(wanted) || ` ${foldForSearch(u.name)}`.includes(` ${wanted}`);
  return users
    .filter((u) => !u.disabled && u.id !== myId)
    .filter((u) => foldForSearch(u.name).includes(wanted) || u.username.includes(wanted))
    .sort((a, b) => Number(begins(b)) - Number(begins(a)))
    .slice(0, mostShown)
    .map((u) => ({ id: u.id, label: u.name, detail: `@${u.username}`, text: `@${u.username} ` }));
}

/** Nobody is called to a conversation that the gateway would not show: it keeps no such mention. */
export function maySee(
  user: User,
  { queueId, interaction }: Pick<Conversation, "queueId" | "interaction">,
  people: Pick<PeopleSlice, "queues" | "roles">,
): boolean {
  const may = rightsOf(people, user);
  if (!may.has("work")) return false;
  return (
    may.has("conversations.see_all") ||
    interaction?.ownerId === user.id ||
    people.queues[queueId]?.memberIds.includes(user.id) === true
  );
}

export interface Suggest {
  readonly token: Token | null;
  readonly items: readonly Suggestion[];
  readonly index: number;
  readonly listId: string;
  readonly activeId: string | undefined;
  /** @returns undefined: not for us; null: taken, nothing chosen; else the choice */
  press(key: string): Suggestion | null | undefined;
}

export function useSuggestions(token: Token | null): Suggest {
  const listId = useId();
  const replies = useSelect((s) => s.people.cannedReplies);
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const roles = useSelect((s) => s.people.roles);
  const conversation = useSelect((s) => selectConversation(s, selectOpenId(s)));
  const myId = useSelect((s) => s.session.me?.id ?? null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [choice, setChoice] = useState({ key: "", index: 0 });
  const key = token ? `${token.kind} ${token.query}` : "";
  const found = !token
    ? []
    : token.kind === "canned"
      ? cannedSuggestions(Object.values(replies), token.query)
      : mentionSuggestions(
          Object.values(users).filter((u) => conversation && maySee(u, conversation, { queues, roles })),
          token.query,
          myId,
        );
  const items = token && dismissed === token.kind ? [] : found;
  if (!token && dismissed !== null) setDismissed(null);
  const index = choice.key === key ? Math.min(choice.index, items.length - 1) : 0;
  return {
    token,
    items,
    index,
    listId,
    activeId: items[index] ? `${listId}-${index}` : undefined,
    press(pressed) {
      if (items.length === 0) return undefined;
      switch (pressed) {
        case "ArrowDown":
          setChoice({ key, index: (index + 1) % items.length });
          return null;
        case "ArrowUp":
          setChoice({ key, index: (index - 1 + items.length) % items.length });
          return null;
        case "Escape":
          setDismissed(token?.kind ?? null);
          return null;
        case "Enter":
        case "Tab":
          return items[index] ?? null;
        default:
          return undefined;
      }
    },
  };
}

interface SuggestionsProps {
  readonly suggest: Suggest;
  readonly onChoose: (suggestion: Suggestion) => void;
}

export function Suggestions({ suggest, onChoose }: SuggestionsProps) {
  const t = useT();
  const { items, index, listId, token } = suggest;
  if (items.length === 0) return null;
  return (
    <div
      id={listId}
      role="listbox"
      aria-label={
        token?.kind === "mention" ? t("conversation.composer.mention") : t("conversation.composer.canned")
      }
      className="absolute bottom-full left-2 z-20 mb-1 max-h-72 w-110 max-w-[calc(100%-1rem)] animate-appear overflow-y-auto rounded-ui bg-raised p-1 shadow-float"
    >
      {items.map((item, i) => (
        <div
          key={item.id}
          id={`${listId}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === index}
          // The text box keeps the focus; Enter and the arrows are its own.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(item);
          }}
          className={cn("flex items-baseline gap-2 rounded-tight px-2 py-1.5", i === index && "bg-hover")}
        >
          <span className="shrink-0 text-body font-medium text-ink">{item.label}</span>
          <span className="min-w-0 truncate text-small text-ink-3">{item.detail}</span>
        </div>
      ))}
    </div>
  );
}
