import { current, isWord, t, turn } from "./words.ts";

interface Text {
  readonly id: string;
  readonly direction: "to" | "from";
  readonly sender: string;
  readonly text: string;
  readonly at: number;
  readonly state: "accepted" | "delivered" | "failed";
}

interface Snapshot {
  readonly accounts: readonly { provider: string; sender: string }[];
  readonly phones: readonly { number: string; texts: readonly Text[] }[];
  readonly faults: readonly { name: string }[];
  readonly knownFaults: readonly string[];
}

const byId = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
};

function el(tag: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

const phone = byId<HTMLInputElement>("phone");
const sender = byId<HTMLSelectElement>("sender");
const text = byId<HTMLInputElement>("text");
let last: Snapshot | null = null;

const note = (words: string): void => {
  const box = byId("note");
  box.textContent = words;
  box.hidden = words === "";
};

async function call(path: string, body: unknown): Promise<{ status?: number | null }> {
  const response = await fetch(`/sim/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function option(value: string, label = value): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = label;
  return made;
}

const isOneWay = (snapshot: Snapshot): boolean => {
  const account = snapshot.accounts.find((a) => a.sender === sender.value);
  return account?.provider === "esms" || account?.provider === "stringee" || !/^[+\d]/.test(sender.value);
};

function show(snapshot: Snapshot): void {
  last = snapshot;
  if (sender.options.length !== snapshot.accounts.length)
    sender.replaceChildren(...snapshot.accounts.map((a) => option(a.sender, `${a.sender} (${a.provider})`)));
  byId("phones").replaceChildren(...snapshot.phones.map(({ number }) => option(number)));
  byId("who").textContent = sender.value;
  const texts = snapshot.phones.find(({ number }) => number === phone.value)?.texts ?? [];
  const shown = texts.filter((each) => each.sender === sender.value);
  const list = byId("texts");
  list.replaceChildren(...(shown.length === 0 ? [el("li", t("empty"), "none")] : shown.map(bubble)));
  list.scrollTop = list.scrollHeight;
  const silent = isOneWay(snapshot);
  text.disabled = silent;
  text.placeholder = silent ? t("oneWay") : t("write");
  const on = new Set(snapshot.faults.map(({ name }) => name));
  for (const box of byId("faults").querySelectorAll("input")) box.checked = on.has(box.value);
}

function bubble(each: Text): HTMLElement {
  const item = el("li", each.text, each.direction === "from" ? "mine" : "theirs");
  const time = new Date(each.at).toLocaleTimeString(current(), { hour: "2-digit", minute: "2-digit" });
  item.append(el("small", [time, t(each.state)].filter(Boolean).join(" · ")));
  return item;
}

function draw(): void {
  document.documentElement.lang = current();
  for (const node of document.querySelectorAll<HTMLElement>("[data-t]")) {
    const word = node.dataset["t"] ?? "";
    if (isWord(word)) node.textContent = t(word);
  }
  text.setAttribute("aria-label", t("write"));
  byId("language").textContent = current() === "vi" ? "English" : "Tiếng Việt";
  byId("words").replaceChildren(
    ...["STOP", "START", "TC"].map((word) => {
      const button = el("button", word);
      button.setAttribute("type", "button");
      button.addEventListener("click", () => void write(word));
      return button;
    }),
  );
  if (last) show(last);
}

function drawFaults(names: readonly string[]): void {
  byId("faults").replaceChildren(
    ...names.map((name) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = name;
      box.addEventListener("change", () => void call("faults", { name, on: box.checked }));
      const label = document.createElement("label");
      label.append(box, name);
      return label;
    }),
  );
}

async function write(words: string): Promise<void> {
  const { status } = await call("texts", { from: phone.value, to: sender.value, text: words });
  note(status === 200 ? "" : status === null ? t("oneWay") : `${t("refused")} (${status})`);
}

phone.value = "+84901234567";
sender.addEventListener("change", () => last && show(last));
phone.addEventListener("change", () => last && show(last));
byId("language").addEventListener("click", () => {
  turn();
  draw();
});
byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value;
  if (words.trim() === "") return;
  text.value = "";
  write(words).catch((error: unknown) => note(String(error)));
});
draw();
const stream = new EventSource("/sim/stream");
stream.addEventListener("state", (event) => {
  const snapshot = JSON.parse((event as MessageEvent<string>).data) as Snapshot;
  if (last === null) drawFaults(snapshot.knownFaults);
  note("");
  show(snapshot);
});
stream.addEventListener("error", () => note(t("offline")));
