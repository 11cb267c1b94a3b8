import { byId, h, icon, iconButton } from "../../kit/page/dom.ts";
import { t } from "./i18n.ts";
import type { Message, Overview } from "./types.ts";

export interface ComposerActions {
  text(text: string): void;
  reply(mid: string, text: string): void;
  edit(mid: string, text: string): void;
  file(file: File): void;
  sample(): void;
  sticker(id: string): void;
}

export interface Composer {
  replyTo(message: Message): void;
  edit(message: Message): void;
  clear(): void;
}

type Draft = { readonly kind: "new" } | { readonly kind: "reply" | "edit"; readonly message: Message };

const LIKE = "369239263222822";

export function createComposer(actions: ComposerActions, stickers: Overview["stickers"]): Composer {
  const form = byId<HTMLFormElement>("composer");
  const input = h("textarea", {
    rows: "1",
    "aria-label": t("write"),
    placeholder: t("write"),
    maxlength: "5000",
  });
  const chooser = h("input", { type: "file", hidden: true, "aria-label": t("picture") });
  const send = h("button", { type: "submit", class: "round primary" });
  let draft: Draft = { kind: "new" };

  const grow = () => {
    // Back to one line first: the wanted height never shrinks by itself.
    input.rows = Math.min(5, Math.max(1, input.value.split("\n").length, Math.ceil(input.value.length / 30)));
    const empty = input.value.trim() === "" && draft.kind === "new";
    send.replaceChildren(icon(empty ? "like" : "send"));
    send.setAttribute("aria-label", empty ? t("like") : t("send"));
    send.title = empty ? t("like") : t("send");
  };
  const setDraft = (next: Draft) => {
    draft = next;
    showDraft(draft, () => {
      if (draft.kind === "edit") input.value = "";
      setDraft({ kind: "new" });
    });
    grow();
    input.focus();
  };
  const submit = () => {
    const text = input.value.trim();
    if (text === "") {
      if (draft.kind === "new") actions.sticker(LIKE);
      return;
    }
    if (draft.kind === "edit") actions.edit(draft.message.mid, text);
    else if (draft.kind === "reply") actions.reply(draft.message.mid, text);
    else actions.text(text);
    input.value = "";
    setDraft({ kind: "new" });
  };

  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    // Enter inside an input method only accepts the word being typed.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  input.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    for (const file of files) actions.file(file);
  });
  chooser.addEventListener("change", () => {
    for (const file of chooser.files ?? []) actions.file(file);
    chooser.value = "";
  });
  form.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  form.replaceChildren(
    iconButton("picture", t("picture"), () => chooser.click()),
    iconButton("sample", t("sample"), () => actions.sample()),
    stickerToggle(actions, stickers),
    chooser,
    input,
    send,
  );
  setDraft({ kind: "new" });
  return {
    replyTo: (message) => setDraft({ kind: "reply", message }),
    edit(message) {
      input.value = message.text ?? "";
      setDraft({ kind: "edit", message });
    },
    clear() {
      input.value = "";
      setDraft({ kind: "new" });
    },
  };
}

function showDraft(draft: Draft, cancel: () => void): void {
  const note = byId("draft-note");
  note.hidden = draft.kind === "new";
  if (draft.kind === "new") return;
  const text = draft.message.text ?? draft.message.attachments[0]?.type ?? "";
  const label = draft.kind === "edit" ? t("editing") : `${t("replyingTo")} ${text}`;
  note.replaceChildren(h("span", {}, label), iconButton("close", t("cancel"), cancel));
}

function stickerToggle(actions: ComposerActions, stickers: Overview["stickers"]): HTMLButtonElement {
  const tray = byId("tray");
  const toggle = iconButton("sticker", t("stickers"), () => show(Boolean(tray.hidden)));
  const show = (open: boolean) => {
    tray.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    if (open) tray.querySelector("button")?.focus();
    else toggle.focus();
  };
  toggle.setAttribute("aria-expanded", "false");
  tray.onkeydown = (event) => {
    if (event.key === "Escape") show(false);
  };
  tray.replaceChildren(
    ...stickers.map(({ id, label, mediaId }) =>
      h(
        "button",
        {
          type: "button",
          "aria-label": label,
          title: label,
          onclick: () => {
            actions.sticker(id);
            show(false);
          },
        },
        h("img", { src: `/sim/media/${mediaId}`, alt: "" }),
      ),
    ),
  );
  return toggle;
}
