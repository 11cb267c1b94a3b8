import { call } from "../../kit/page/client.ts";
import { byId, h } from "../../kit/page/dom.ts";
import { currentLanguage, turnLanguage } from "../../kit/page/words.ts";
import { applyStaticText, t } from "./words.ts";

interface Setting {
  readonly channels: readonly { readonly channel: string; readonly url: string }[];
  readonly people: readonly {
    readonly name: string;
    readonly phone: string;
    readonly email: string;
    readonly statement: string;
  }[];
  readonly calls: { readonly gateway: string; readonly number: string } | null;
}

/** Somebody who is played, and the channels whose columns are open. */
interface Player {
  name: string;
  open: string[];
}

type Named = "calls" | "facebook" | "zalo" | "sms" | "email";

const setting = await call<Setting>("state");
const every = [...(setting.calls ? ["calls"] : []), ...setting.channels.map(({ channel }) => channel)];
let players = remembered();

/** As the reader left it; at first one person with all of their channels. */
function remembered(): Player[] {
  try {
    const kept: Player[] = JSON.parse(localStorage.getItem("players") ?? "[]");
    const known = kept.filter(({ name }) => setting.people.some((person) => person.name === name));
    if (known.length > 0) return known;
  } catch {
    // Another release's, or nobody's.
  }
  return [{ name: setting.people[0]?.name ?? "", open: [...every] }];
}

const remember = () => localStorage.setItem("players", JSON.stringify(players));

const nameOf = (channel: string): string => t(channel as Named);

function frame(name: string, { channel, url }: Setting["channels"][number]): HTMLElement {
  const person = setting.people.find((one) => one.name === name);
  const query = new URLSearchParams({
    embedded: "",
    lang: currentLanguage(),
    person: name,
    phone: person?.phone ?? "",
    email: person?.email ?? "",
  });
  return h("iframe", {
    src: `${new URL(url).origin}/?${query}`,
    title: `${nameOf(channel)}: ${name}`,
    "data-channel": channel,
  });
}

/** The site's call button, as the script of the contact centre makes it. */
function callButton(name: string, { gateway, number }: NonNullable<Setting["calls"]>): HTMLElement {
  const element = document.createElement("tongdai-call");
  const statement = setting.people.find((one) => one.name === name)?.statement ?? "";
  const attributes = { inline: "", gateway, number, statement, lang: currentLanguage() };
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Opens and shuts columns without touching the others: what is being written there stays. */
function columns(player: Player, box: HTMLElement): void {
  for (const channel of setting.channels) {
    const shown = box.querySelector(`[data-channel="${channel.channel}"]`);
    const wanted = player.open.includes(channel.channel);
    if (shown && !wanted) shown.remove();
    if (shown || !wanted) continue;
    const later = every.slice(every.indexOf(channel.channel) + 1);
    const next = [...box.children].find((node) => later.includes(node.getAttribute("data-channel") ?? ""));
    box.insertBefore(frame(player.name, channel), next ?? null);
  }
}

/** Above the columns, so that none of them gets narrower. */
function callRow(player: Player, row: HTMLElement): void {
  const wanted = player.open.includes("calls");
  if (!wanted) row.replaceChildren();
  else if (setting.calls && row.children.length === 0)
    row.replaceChildren(callButton(player.name, setting.calls));
}

function draw(player: Player): HTMLElement {
  const box = h("div", { class: "columns" });
  const row = h("div", {});
  const addresses = h("span", { class: "addresses" });
  const select = h(
    "select",
    {
      onchange: () => {
        player.name = select.value;
        box.replaceChildren();
        row.replaceChildren();
        show();
      },
    },
    ...setting.people.map(({ name }) => h("option", { value: name, selected: name === player.name }, name)),
  );
  const toggles = every.map((channel) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "quiet",
        onclick: () => {
          player.open = every.filter((each) => player.open.includes(each) !== (each === channel));
          show();
        },
      },
      nameOf(channel),
    );
    return { channel, button };
  });
  const show = () => {
    remember();
    const person = setting.people.find((one) => one.name === player.name);
    addresses.textContent = person ? `${person.phone} · ${person.email}` : "";
    for (const { channel, button } of toggles)
      button.setAttribute("aria-pressed", String(player.open.includes(channel)));
    columns(player, box);
    callRow(player, row);
  };
  const remove = h(
    "button",
    {
      type: "button",
      class: "quiet remove",
      "aria-label": t("remove", player.name),
      onclick: () => {
        players = players.filter((one) => one !== player);
        remember();
        node.remove();
      },
    },
    "×",
  );
  const node = h(
    "section",
    { class: "player", "aria-label": player.name },
    h(
      "div",
      { class: "player-head" },
      h("label", {}, h("span", {}, t("person")), select),
      h(
        "div",
        { class: "toggles", role: "group", "aria-label": t("channels") },
        ...toggles.map(({ button }) => button),
      ),
      addresses,
      remove,
    ),
    row,
    box,
  );
  show();
  return node;
}

function drawAll(): void {
  applyStaticText();
  byId("language").textContent = t("otherLanguage");
  byId("language").lang = currentLanguage() === "vi" ? "en" : "vi";
  byId("board").replaceChildren(...players.map(draw));
}

if (setting.calls) {
  const script = h("script", { src: `${setting.calls.gateway}/web-call/widget.js` });
  document.head.append(script);
}
byId("language").onclick = () => {
  turnLanguage();
  drawAll();
};
byId("add").onclick = () => {
  const free = setting.people.find(({ name }) => !players.some((player) => player.name === name));
  if (!free) return;
  // Side by side there is room for one column each.
  const player = { name: free.name, open: every.filter((channel) => channel !== "calls").slice(0, 1) };
  players.push(player);
  byId("board").append(draw(player));
};
drawAll();
