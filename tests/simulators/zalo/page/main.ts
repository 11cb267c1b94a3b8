import { current, isWord, t, turn, type Word } from "./words.ts";

interface Message {
  readonly id: string;
  readonly from: "user" | "oa";
  readonly text?: string;
  readonly attachments: readonly { type: string; mediaId?: string; name?: string }[];
  readonly byAdmin?: boolean;
  readonly charged?: boolean;
  readonly state: "sent" | "received" | "seen";
  readonly reaction?: string;
}

interface Snapshot {
  readonly travelledMs: number;
  readonly faults: readonly { name: string }[];
  readonly transcript: {
    readonly follows: boolean;
    readonly blocked: boolean;
    readonly offline: boolean;
    readonly window: "never" | "free" | "charged" | "closed";
    readonly messages: readonly Message[];
  } | null;
  readonly connected: readonly { id: string; granted: boolean }[];
  readonly log: readonly { id: number; event: string; state: string; status: number }[];
}

interface Overview {
  readonly oas: readonly {
    id: string;
    name: string;
    people: readonly { userId: string; name: string; visitor: boolean }[];
  }[];
  readonly people: readonly string[];
  readonly faults: readonly { name: string }[];
}

const byId = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
};

function el(tag: string, text = "", more: { class?: string; onclick?: () => void } = {}): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (more.class) made.className = more.class;
  if (more.onclick) made.addEventListener("click", more.onclick);
  return made;
}

async function call(path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`/sim/${path}`, {
    ...(body !== undefined && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

const say = (error: unknown): void => {
  const note = byId("note");
  note.textContent = String(error);
  note.hidden = false;
  setTimeout(() => {
    note.hidden = true;
  }, 5000);
};
const run = (work: Promise<unknown>): void => void work.catch(say);

const overview = (await call("state")) as Overview;
const person = byId<HTMLSelectElement>("person");
const oa = byId<HTMLSelectElement>("oa");
let userId = "";
let stream: EventSource | null = null;
let last: Snapshot | null = null;

/** Those who are played, a visitor among them, and those whom the account knows. */
function people(): [string, string][] {
  const known = overview.oas.find(({ id }) => id === oa.value)?.people ?? [];
  const played: [string, string][] = overview.people.map((name) => [`name:${name}`, name]);
  const visitor: [string, string] = ["visitor:Khách", `Khách (${t("visitor")})`];
  return [...played, visitor, ...known.map(({ userId: id, name }): [string, string] => [`id:${id}`, name])];
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  const { value } = select;
  select.replaceChildren(
    ...options.map(([key, label]) => {
      const option = document.createElement("option");
      option.value = key;
      option.textContent = label;
      return option;
    }),
  );
  if (options.some(([key]) => key === value)) select.value = value;
}

async function choose(): Promise<void> {
  const [kind = "", name = ""] = person.value.split(/:(.*)/s);
  userId = name;
  if (kind !== "id") {
    const met = (await call("customers", { oaId: oa.value, name, visitor: kind === "visitor" })) as {
      userId: string;
    };
    userId = met.userId;
  }
  stream?.close();
  stream = new EventSource(`/sim/stream?user=${encodeURIComponent(userId)}`);
  stream.addEventListener("state", (event) => {
    last = JSON.parse((event as MessageEvent<string>).data) as Snapshot;
    show(last);
  });
}

const act = (verb: string, body: unknown = {}): void => run(call(`customers/${userId}/${verb}`, body));

function show(snapshot: Snapshot): void {
  const { transcript } = snapshot;
  if (!transcript) return;
  byId("who").textContent = oa.selectedOptions[0]?.textContent ?? "";
  const isGranted = snapshot.connected.find(({ id }) => id === oa.value)?.granted ?? false;
  const window = transcript.window === "charged" ? "chargedWindow" : transcript.window;
  const travelled = snapshot.travelledMs > 0 ? ` · +${Math.round(snapshot.travelledMs / 3_600_000)} h` : "";
  byId("window").textContent = t(isGranted ? window : "notConnected") + travelled;
  const list = byId("messages");
  list.replaceChildren(
    ...(transcript.messages.length === 0 ? [el("small", t("empty"))] : transcript.messages.map(bubble)),
  );
  list.scrollTop = list.scrollHeight;
  acts(transcript);
  const on = new Set(snapshot.faults.map(({ name }) => name));
  for (const box of byId("faults").querySelectorAll("input")) box.checked = on.has(box.value);
  byId("log").replaceChildren(
    ...snapshot.log.map(({ event, state, status }) => el("li", `${event}: ${state} ${status || ""}`)),
  );
  if (document.hasFocus() && transcript.messages.some((m) => m.from === "oa" && m.state === "received"))
    act("read");
}

function bubble(message: Message): HTMLElement {
  const item = el("li", message.text ?? "", { class: message.from });
  for (const { mediaId, type, name } of message.attachments) {
    if (mediaId && type !== "file") {
      const img = document.createElement("img");
      img.src = `/sim/media/${mediaId}`;
      img.alt = name ?? type;
      item.append(img);
    } else item.append(el("div", `${type}: ${name ?? ""}`));
  }
  const facts = [
    t(message.state),
    message.charged && t("charged"),
    message.byAdmin && t("byAdmin"),
    message.reaction,
  ];
  item.append(el("small", facts.filter(Boolean).join(" · ")));
  return item;
}

function button(word: Word, onclick: () => void): HTMLElement {
  const made = el("button", t(word), { onclick });
  made.setAttribute("type", "button");
  return made;
}

function acts({ follows, blocked, offline }: NonNullable<Snapshot["transcript"]>): void {
  byId("acts").replaceChildren(
    button("image", () => act("image")),
    button("file", () => byId("file").click()),
    button("sticker", () => act("sticker")),
    button("location", () => act("location")),
    button("info", () => act("info")),
    button(follows ? "unfollow" : "follow", () => act(follows ? "unfollow" : "follow")),
    button(blocked ? "unblock" : "block", () => act(blocked ? "unblock" : "block")),
    button(offline ? "online" : "offline", () => act(offline ? "online" : "offline")),
  );
}

function draw(): void {
  document.documentElement.lang = current();
  for (const node of document.querySelectorAll<HTMLElement>("[data-t]")) {
    const word = node.dataset["t"] ?? "";
    if (isWord(word)) node.textContent = t(word);
  }
  byId<HTMLInputElement>("text").placeholder = t("write");
  byId("text").setAttribute("aria-label", t("write"));
  byId("language").textContent = current() === "vi" ? "English" : "Tiếng Việt";
  fill(person, people());
  const hours = [1, 48, 24 * 5] as const;
  byId("clock").replaceChildren(
    ...hours.map((h) =>
      el("button", `+${h} h`, { onclick: () => run(call("clock", { advanceMs: h * 3_600_000 })) }),
    ),
    button("present", () => run(call("clock", { reset: true }))),
  );
  byId("faults").replaceChildren(
    ...overview.faults.map(({ name }) => {
      const label = el("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = name;
      box.addEventListener("change", () => run(call("faults", { name, value: box.checked })));
      label.append(box, name);
      return label;
    }),
  );
  if (last) show(last);
}

fill(
  oa,
  overview.oas.map(({ id, name }) => [id, name]),
);
draw();
oa.addEventListener("change", () => {
  fill(person, people());
  run(choose());
});
person.addEventListener("change", () => run(choose()));
byId("language").addEventListener("click", () => {
  turn();
  draw();
});
byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = byId<HTMLInputElement>("text");
  if (input.value.trim() === "") return;
  act("text", { text: input.value });
  input.value = "";
});
byId("file").addEventListener("change", () => {
  const input = byId<HTMLInputElement>("file");
  const file = input.files?.[0];
  if (!file) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const base64 = typeof reader.result === "string" ? (reader.result.split(",")[1] ?? "") : "";
    act("upload", { base64, name: file.name, contentType: file.type });
  });
  reader.readAsDataURL(file);
  input.value = "";
});
run(choose());
