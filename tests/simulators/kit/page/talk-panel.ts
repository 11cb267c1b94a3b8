import { run } from "./client.ts";
import { byId, h } from "./dom.ts";
import type { Channel, Talk } from "./talk.ts";
import { wordsOf } from "./words.ts";

const { t } = wordsOf({});
const HOUR_MS = 3_600_000;

const button = (label: string, onclick: () => void) => h("button", { type: "button", onclick }, label);

const section = (title: string, open: boolean, ...children: HTMLElement[]): HTMLElement =>
  h("details", { open }, h("summary", {}, title), ...children);

/** What one can do beside writing: more acts, the clock, troubles; and what went to the contact centre. */
export function drawPanel<State>({ hours, travel, faults, setFault }: Channel<State>): void {
  const time = travel && [
    section(
      t("timeTitle"),
      true,
      h(
        "div",
        { class: "buttons" },
        ...(hours ?? []).map((n) => button(`+${n} h`, () => run(travel(n * HOUR_MS)))),
        button(t("back"), () => run(travel(null))),
      ),
    ),
  ];
  const switches = faults.map((name) => {
    const box = h("input", {
      type: "checkbox",
      role: "switch",
      "data-fault": name,
      onchange: () => run(setFault(name, box.checked)),
    });
    return h("label", { class: "switch" }, h("span", {}, h("code", {}, name)), box);
  });
  const more = section(t("moreTitle"), true, h("div", { class: "buttons", id: "acts" }));
  // Until there is something that one can do.
  more.hidden = true;
  byId("panel").replaceChildren(
    ...(time ?? []),
    more,
    section(t("logTitle"), true, h("ol", { class: "log", id: "log" })),
    section(t("faultTitle"), false, h("p", { class: "help" }, t("faultHelp")), ...switches),
  );
}

export function showPanel({ acts, faults, log }: Talk): void {
  showActs(acts);
  for (const box of byId("panel").querySelectorAll<HTMLInputElement>("[data-fault]"))
    box.checked = faults.includes(box.dataset["fault"] ?? "");
  byId("log").replaceChildren(
    ...(log.length === 0
      ? [h("li", {}, t("logEmpty"))]
      : log.map(({ what, state, result }) =>
          h("li", { "data-state": state }, h("span", {}, what), h("span", {}, result)),
        )),
  );
}

/** Drawn anew only when others may be done, so that the focus stays on the one that was pressed. */
function showActs(acts: Talk["acts"]): void {
  const box = byId("acts");
  const around = box.closest("details");
  if (around) around.hidden = acts.length === 0;
  const labels = acts.map(({ label }) => label);
  const isSame = labels.join("\n") === [...box.children].map((node) => node.textContent).join("\n");
  if (!isSame) box.replaceChildren(...acts.map(({ label }) => button(label, () => {})));
  box.querySelectorAll("button").forEach((node, index) => {
    node.onclick = () => acts[index]?.onPress();
  });
}
