import { clockTime } from "../../kit/page/clock-time.ts";
import { h, icon, iconButton } from "../../kit/page/dom.ts";
import { currentLanguage } from "../../kit/page/words.ts";
import { t } from "./i18n.ts";
import type { Attachment, Message, TemplateButton, TemplateCard } from "./types.ts";

export const REACTIONS: readonly [name: string, emoji: string][] = [
  ["love", "❤️"],
  ["smile", "😆"],
  ["wow", "😮"],
  ["sad", "😢"],
  ["angry", "😠"],
  ["like", "👍"],
];

const MAX_EDITS = 5;
const EDIT_MS = 15 * 60_000;

export interface BubbleActions {
  react(mid: string, reaction: string | undefined): void;
  reply(message: Message): void;
  edit(message: Message): void;
  postback(button: TemplateButton): void;
}

export interface BubbleContext {
  readonly quoted: Message | undefined;
  readonly now: number;
  /** The last of its side carries the receipt. */
  readonly last: boolean;
  readonly actions: BubbleActions;
}

export function bubble(message: Message, context: BubbleContext): HTMLLIElement {
  const mine = message.from === "customer";
  const bare =
    message.text === undefined &&
    message.attachments.every(({ type }) => type === "sticker" || type === "image");
  const body = h(
    "div",
    { class: bare ? "bubble bare" : "bubble" },
    message.text === undefined ? null : h("p", {}, message.text),
    ...message.attachments.map((one) => attachment(one, context.actions)),
  );
  return h(
    "li",
    { class: `row ${mine ? "mine" : "theirs"}`, "data-mid": message.mid },
    message.replyTo === undefined ? null : quote(context.quoted),
    h("div", { class: "line" }, body, tools(message, context)),
    marks(message),
    h("p", { class: "meta" }, meta(message, context.last)),
  );
}

function quote(quoted: Message | undefined): HTMLElement {
  const text = quoted?.text ?? quoted?.attachments[0]?.name ?? t("gone");
  return h("p", { class: "quote" }, text);
}

function meta(message: Message, last: boolean): string {
  const parts = [clockTime(message.at, currentLanguage())];
  if (message.edits > 0) parts.push(t("edited"));
  if (last) parts.push(receipt(message));
  return parts.join(" · ");
}

function receipt({ from, state }: Message): string {
  const mine = { sent: t("mineSent"), delivered: t("mineDelivered"), read: t("mineRead") };
  const theirs = { sent: t("pageSent"), delivered: t("pageDelivered"), read: t("pageRead") };
  return (from === "customer" ? mine : theirs)[state];
}

function marks({ reactions }: Message): HTMLElement | null {
  const shown = [
    [t("youReacted"), reactions.customer],
    [t("pageReacted"), reactions.page],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined);
  if (shown.length === 0) return null;
  return h(
    "p",
    { class: "marks" },
    ...shown.map(([who, reaction]) =>
      h("span", { title: who, role: "img", "aria-label": `${who}: ${reaction}` }, emoji(reaction)),
    ),
  );
}

function emoji(reaction: string): string {
  return REACTIONS.find(([name]) => name === reaction)?.[1] ?? reaction;
}

function tools(message: Message, { actions, now }: BubbleContext): HTMLElement {
  const picker = h("div", { class: "picker", hidden: true }, ...reactionButtons(message, actions));
  const toggle = iconButton("react", t("react"), () => {
    picker.hidden = !picker.hidden;
    toggle.setAttribute("aria-expanded", String(!picker.hidden));
    if (!picker.hidden) picker.querySelector("button")?.focus();
  });
  toggle.setAttribute("aria-expanded", "false");
  picker.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    picker.hidden = true;
    toggle.focus();
  });
  const editable =
    message.from === "customer" &&
    message.text !== undefined &&
    message.edits < MAX_EDITS &&
    now - message.at < EDIT_MS;
  return h(
    "div",
    { class: "tools" },
    toggle,
    iconButton("reply", t("reply"), () => actions.reply(message)),
    editable ? iconButton("edit", t("edit"), () => actions.edit(message)) : null,
    picker,
  );
}

function reactionButtons(message: Message, actions: BubbleActions): HTMLElement[] {
  return REACTIONS.map(([name, sign]) => {
    const chosen = message.reactions.customer === name;
    return h(
      "button",
      {
        type: "button",
        "aria-label": chosen ? t("unreact") : name,
        "aria-pressed": String(chosen),
        onclick: () => actions.react(message.mid, chosen ? undefined : name),
      },
      sign,
    );
  });
}

function attachment(one: Attachment, actions: BubbleActions): HTMLElement {
  const source = one.mediaId === undefined ? one.url : `/sim/media/${one.mediaId}`;
  if (one.type === "image" || one.type === "sticker") {
    const picture = h("img", { src: source, alt: one.name ?? one.type, class: one.type });
    return one.type === "sticker" ? picture : h("a", { href: source, target: "_blank" }, picture);
  }
  if (one.type === "video") return h("video", { src: source, controls: true });
  if (one.type === "audio") return h("audio", { src: source, controls: true });
  if (one.type === "template") return template(one, actions);
  return h(
    "a",
    { class: "file", href: source, target: "_blank", rel: "noreferrer" },
    icon("file"),
    one.title ?? one.name ?? one.type,
  );
}

function template({ template: content }: Attachment, actions: BubbleActions): HTMLElement {
  const cards = content?.elements ?? (content ? [content] : []);
  return h("div", { class: "cards" }, ...cards.map((card) => cardOf(card, actions)));
}

function cardOf(card: TemplateCard, actions: BubbleActions): HTMLElement {
  return h(
    "div",
    { class: "card" },
    h("p", {}, card.title ?? card.text ?? ""),
    card.subtitle ? h("p", { class: "sub" }, card.subtitle) : null,
    ...(card.buttons ?? []).map((button) =>
      button.type === "postback"
        ? h("button", { type: "button", onclick: () => actions.postback(button) }, button.title)
        : h("a", { href: button.url, target: "_blank", rel: "noreferrer" }, button.title),
    ),
  );
}
