import { byId, h } from "../../kit/page/dom.ts";
import { CHOICES, eventName, faultLabel } from "./faults.ts";
import { duration, type TextKey, t } from "./i18n.ts";
import type { FaultState, LogLine, Overview, Snapshot } from "./types.ts";

export interface PanelActions {
  travel(ms: number): void;
  travelBack(): void;
  act(verb: string, body?: Record<string, unknown>): void;
  fault(name: string, value: boolean | number | string): void;
  clearFaults(): void;
  autoRead(on: boolean): void;
}

export interface PanelView {
  show(snapshot: Snapshot): void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export function createPanel(
  actions: PanelActions,
  { overview, autoRead }: { overview: Overview; autoRead: boolean },
): PanelView {
  const time = timeSection(actions);
  const more = moreSection(actions, autoRead);
  const faults = faultSection(actions, overview.faults);
  const log = logSection();
  byId("panel").replaceChildren(
    section("timeTitle", true, ...time.nodes),
    section("moreTitle", true, ...more.nodes),
    section("logTitle", true, ...log.nodes),
    section("faultTitle", false, ...faults.nodes),
  );
  const parts = [time, more, faults, log];
  return {
    show(snapshot) {
      for (const part of parts) part.show(snapshot);
    },
  };
}

interface Part {
  readonly nodes: readonly HTMLElement[];
  show(snapshot: Snapshot): void;
}

/** Survives the rebuilding of the panel in another language. */
const opened = new Map<TextKey, boolean>();

function section(title: TextKey, open: boolean, ...children: HTMLElement[]): HTMLElement {
  const details = h("details", { open: opened.get(title) ?? open }, h("summary", {}, t(title)), ...children);
  details.addEventListener("toggle", () => opened.set(title, details.open));
  return details;
}

function button(label: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", onclick }, label);
}

function timeSection(actions: PanelActions): Part {
  const standard = bar("standardBar", DAY);
  const human = bar("humanBar", 7 * DAY);
  const back = button(t("back"), () => actions.travelBack());
  const buttons = h(
    "div",
    { class: "buttons" },
    button(t("forward23"), () => actions.travel(23 * HOUR)),
    button(t("forward25"), () => actions.travel(25 * HOUR)),
    button(t("forward8"), () => actions.travel(8 * DAY)),
    back,
  );
  return {
    nodes: [h("p", { class: "help" }, t("timeHelp")), standard.node, human.node, buttons],
    show({ transcript, travelledMs }) {
      standard.set(transcript?.window.standardLeftMs ?? 0);
      human.set(transcript?.window.humanAgentLeftMs ?? 0);
      back.disabled = travelledMs === 0;
    },
  };
}

function bar(label: TextKey, span: number): { node: HTMLElement; set(left: number): void } {
  const meter = h("progress", { max: String(span), "aria-label": t(label) });
  const value = h("span", { class: "value" });
  const node = h("div", { class: "meter" }, h("span", {}, t(label)), value, meter);
  return {
    node,
    set(left) {
      meter.value = left;
      value.textContent = left > 0 ? duration(left) : t("over");
    },
  };
}

function moreSection(actions: PanelActions, autoRead: boolean): Part {
  const phone = h("button", { type: "button" });
  const block = h("button", { type: "button" });
  const buttons = h(
    "div",
    { class: "buttons" },
    button(t("getStarted"), () =>
      actions.act("postback", { title: t("getStarted"), payload: "GET_STARTED" }),
    ),
    button(t("referral"), () => actions.act("referral")),
    phone,
    block,
  );
  const read = toggle(t("autoRead"), autoRead, (on) => actions.autoRead(on));
  return {
    nodes: [buttons, read],
    show({ transcript }) {
      const offline = transcript?.offline ?? false;
      const blocked = transcript?.blocked ?? false;
      phone.textContent = t(offline ? "goOnline" : "goOffline");
      phone.onclick = () => actions.act(offline ? "online" : "offline");
      block.textContent = t(blocked ? "unblock" : "block");
      block.onclick = () => actions.act(blocked ? "unblock" : "block");
    },
  };
}

function toggle(label: string, on: boolean, change: (on: boolean) => void): HTMLElement {
  const box = h("input", { type: "checkbox", role: "switch", onchange: () => change(box.checked) });
  box.checked = on;
  return h("label", { class: "switch" }, h("span", {}, label), box);
}

function faultSection(actions: PanelActions, known: readonly FaultState[]): Part {
  const rows = known.map(({ name, value }) => faultRow(actions, { name, value }));
  const clear = button(t("faultClear"), () => actions.clearFaults());
  return {
    nodes: [
      h("p", { class: "help" }, t("faultHelp")),
      ...rows.map(({ node }) => node),
      h("div", { class: "buttons" }, clear),
    ],
    show({ faults }) {
      clear.disabled = faults.length === 0;
      for (const row of rows) row.set(faults.find(({ name }) => name === row.name)?.value);
    },
  };
}

interface FaultRow {
  readonly name: string;
  readonly node: HTMLElement;
  set(value: FaultState["value"] | undefined): void;
}

function faultRow(actions: PanelActions, { name, value }: FaultState): FaultRow {
  const choices = CHOICES[name];
  const label = h("span", {}, faultLabel(name), h("code", {}, name));
  if (!choices) {
    const box = h("input", {
      type: "checkbox",
      role: "switch",
      onchange: () => actions.fault(name, box.checked && value),
    });
    return {
      name,
      node: h("label", { class: "switch" }, label, box),
      set(now) {
        box.checked = now !== undefined;
      },
    };
  }
  const select = h(
    "select",
    { onchange: () => actions.fault(name, select.value === "" ? false : select.value) },
    h("option", { value: "" }, t("off")),
    ...choices.map((choice) => h("option", { value: choice }, choice)),
  );
  return {
    name,
    node: h("label", { class: "switch" }, label, select),
    set(now) {
      select.value = now === undefined ? "" : String(now);
    },
  };
}

const SUBSCRIPTION: Record<string, TextKey> = {
  ok: "subOk",
  failing: "subFailing",
  disabled: "subDisabled",
  none: "subNone",
};

function logSection(): Part {
  const health = h("p", { class: "health" });
  const list = h("ol", { class: "log" });
  return {
    nodes: [health, list],
    show({ log, subscriptions }) {
      const state = subscriptions[0]?.state ?? "none";
      health.textContent = t(SUBSCRIPTION[state] ?? "subNone");
      health.dataset["state"] = state;
      list.replaceChildren(...(log.length === 0 ? [h("li", {}, t("logEmpty"))] : log.map(logLine)));
    },
  };
}

function logLine(line: LogLine): HTMLElement {
  const result = line.status > 0 ? String(line.status) : line.error;
  const attempts = line.attempts > 1 ? `, ${t("attempts", line.attempts)}` : "";
  return h(
    "li",
    { "data-state": line.state },
    h("span", {}, `#${line.id} ${eventName(line.what)}`),
    h("span", {}, `${t(line.state)}${result ? ` (${result}${attempts})` : ""}`),
  );
}
