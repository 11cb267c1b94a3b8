import { style } from "./style.ts";

/** The parts of the widget that change. */
export interface View {
  readonly open: HTMLButtonElement;
  readonly panel: HTMLElement;
  readonly heading: HTMLElement;
  readonly close: HTMLButtonElement;
  readonly status: HTMLElement;
  readonly time: HTMLElement;
  readonly level: HTMLElement;
  readonly levelLabel: HTMLElement;
  readonly meter: HTMLElement;
  readonly bar: HTMLElement;
  readonly call: HTMLButtonElement;
  readonly mute: HTMLButtonElement;
  readonly music: HTMLButtonElement;
  readonly hangUp: HTMLButtonElement;
}

/** Builds it into an element's shadow tree, in which no site's Content-Security-Policy forbids our style. */
export function buildView(host: HTMLElement): View {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const view: View = {
    open: button("open main"),
    panel: make("section", "panel"),
    heading: make("h2"),
    close: button("close"),
    status: make("p", "status"),
    time: make("p", "time"),
    level: make("div", "level"),
    levelLabel: make("span"),
    meter: make("div", "track"),
    bar: make("div", "bar"),
    call: button("main"),
    mute: button(""),
    music: button(""),
    hangUp: button("end"),
  };
  view.close.textContent = "×";
  // Said by itself when it changes; the time beside it is not.
  view.status.setAttribute("role", "status");
  for (const [name, value] of Object.entries({ role: "meter", "aria-valuemin": "0", "aria-valuemax": "100" }))
    view.meter.setAttribute(name, value);
  view.meter.append(view.bar);
  view.level.append(view.levelLabel, view.meter);
  const head = make("div", "head");
  head.append(view.heading, view.close);
  const actions = make("div", "actions");
  actions.append(view.call, view.mute, view.music, view.hangUp);
  view.panel.append(head, view.status, view.time, view.level, actions);
  root.append(view.panel, view.open);
  return view;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  return element;
}

function button(className: string): HTMLButtonElement {
  const element = make("button", className);
  element.type = "button";
  return element;
}
