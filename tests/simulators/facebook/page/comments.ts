import { byId, h } from "../../kit/page/dom.ts";
import { t } from "./i18n.ts";
import type { Snapshot } from "./types.ts";

export interface CommentsView {
  show(snapshot: Snapshot): void;
}

/** Survives the drawing anew in another language. */
let isOpen = false;

/** What stands in public beneath the page's post, above the private talk; folded until somebody wants it. */
export function createComments(write: (text: string) => void): CommentsView {
  const list = h("ul", { class: "comments" });
  const count = h("span", { class: "count" });
  const input = h("input", { type: "text", "aria-label": t("commentWrite"), placeholder: t("commentWrite") });
  const form = h(
    "form",
    {
      class: "comment-form",
      onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim() !== "") write(input.value.trim());
        input.value = "";
      },
    },
    input,
    h("button", { type: "submit" }, t("commentSend")),
  );
  const box = h(
    "details",
    { id: "public", class: "public", open: isOpen },
    h("summary", {}, t("commentTitle"), " ", count),
    h("p", { class: "post" }, t("commentPost")),
    list,
    form,
  );
  box.addEventListener("toggle", () => {
    isOpen = box.open;
  });
  document.getElementById("public")?.remove();
  byId("scroll").before(box);
  return {
    show({ comments }) {
      count.textContent = comments.length > 0 ? String(comments.length) : "";
      list.replaceChildren(
        ...comments.map(({ author, message, byPage, parentId }) => {
          const reply = comments.some(({ id }) => id === parentId);
          const classes = [byPage ? "by-page" : "", reply ? "answer" : ""].join(" ").trim();
          return h("li", { class: classes }, h("strong", {}, author), ` ${message}`);
        }),
      );
    },
  };
}
