import { clockTime } from "./clock-time.ts";
import { byId, h, icon } from "./dom.ts";
import type { Line, Talk } from "./talk.ts";
import { currentLanguage, wordsOf } from "./words.ts";

const { t } = wordsOf({});

export function showTalk(talk: Talk, connected: boolean): void {
  byId("phone-name").textContent = talk.with;
  byId("page-disc").textContent = talk.with.replace("+", "").slice(0, 1).toUpperCase();
  const status = byId("phone-status");
  status.textContent = connected ? talk.status : t("disconnected");
  status.dataset["good"] = String(connected && talk.isGood);
  showLines(talk.lines);
  const window = byId("window");
  const hours = Math.round(talk.travelledMs / 3_600_000);
  window.hidden = talk.window === undefined;
  window.textContent = [talk.window?.text, hours > 0 && t("travelled", `+${hours} h`)]
    .filter(Boolean)
    .join(" ");
  window.dataset["state"] = talk.window?.state ?? "";
}

let drawn = new Map<string, { key: string; node: HTMLElement }>();

/** Draws what changed only, so that the rest stays where it is read. */
function showLines(lines: readonly Line[]): void {
  const next = new Map<string, { key: string; node: HTMLElement }>();
  for (const line of lines) {
    const key = JSON.stringify([line, currentLanguage()]);
    const before = drawn.get(line.id);
    next.set(line.id, before?.key === key ? before : { key, node: bubble(line) });
  }
  drawn = next;
  const nodes = [...next.values()].map(({ node }) => node);
  const list = byId("messages");
  if (nodes.length === 0) nodes.push(h("li", { class: "empty" }, t("empty")));
  nodes.forEach((node, index) => {
    const present = list.children[index];
    if (present !== node) list.insertBefore(node, present ?? null);
  });
  while (list.children.length > nodes.length) list.lastElementChild?.remove();
}

function bubble({ mine, text, subject, files, at, notes }: Line): HTMLElement {
  const isBare = text === "" && files.every(({ isImage }) => isImage);
  return h(
    "li",
    { class: `row ${mine ? "mine" : "theirs"}` },
    h(
      "div",
      { class: "line" },
      h(
        "div",
        { class: isBare ? "bubble bare" : "bubble" },
        subject === undefined ? null : h("strong", {}, subject),
        text === "" ? null : h("p", {}, text),
        ...files.map(({ source, name, isImage }) => {
          if (source === undefined) return h("p", { class: "file" }, icon("file"), name);
          if (isImage) return h("img", { src: source, alt: name, class: "image" });
          return h(
            "a",
            { class: "file", href: source, target: "_blank", rel: "noreferrer", download: name },
            icon("file"),
            name,
          );
        }),
      ),
    ),
    h("p", { class: "meta" }, [clockTime(at, currentLanguage()), ...notes].filter(Boolean).join(" · ")),
  );
}
