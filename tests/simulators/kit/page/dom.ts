type Child = Node | string | null | undefined | false;
type Props = Record<string, string | boolean | undefined | ((event: Event) => void)>;

/** Builds an element; `on…` properties are listeners, everything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.querySelector<T>(`#${id}`);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

const ICONS = {
  send: "M3 11.5 20 4l-5 16-3.500-6.500z",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.200h.01",
  sample: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  sticker: "M12 3a9 9 0 1 0 9 9h-5a4 4 0 0 1-4-4zM12 3l9 9M9 10h.01M9 14.500c.8.9 1.800 1.300 3 1.300",
  like: "M7 11v9H4v-9zM7 11l4-7c1.500 0 2.300 1 2 2.500L12.500 10H18c1.300 0 2.200 1.200 1.900 2.400l-1.500 6c-.2.9-1 1.600-2 1.600H7",
  react: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 10h.01M15.500 10h.01M8.500 14.500c2 2.200 5 2.200 7 0",
  reply: "M10 6 4 12l6 6M4 12h9c4 0 7 2 7 6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  close: "M6 6l12 12M18 6 6 18",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(
  name: IconName,
  label: string,
  onclick: (event: Event) => void,
): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, onclick },
    icon(name),
  );
}
