import { clearFaults, control, openThread, overview, watch } from "./api.ts";
import { createChat } from "./chat.ts";
import { createComposer } from "./composer.ts";
import { byId, h } from "./dom.ts";
import { applyStaticText, currentLanguage, setLanguage, t } from "./i18n.ts";
import { createPanel, type PanelView } from "./panel.ts";
import type { Overview, Snapshot } from "./types.ts";

const MAX_FILE = 25 * 1024 * 1024;

const known: Overview = await overview();
const choice = {
  page: saved(
    "page",
    known.pages.map(({ id }) => id),
  ),
  person: "",
};
choice.person = saved("person", namesHere());
let psid = "";
let unwatch = () => {};
let snapshot: Snapshot | undefined;
let connected = false;
let autoRead = localStorage.getItem("autoRead") !== "no";
let panel: PanelView;

function saved(key: string, possible: readonly string[]): string {
  const wanted = new URLSearchParams(location.search).get(key) ?? localStorage.getItem(key) ?? "";
  return possible.includes(wanted) ? wanted : (possible[0] ?? "");
}

function pageHere(): Overview["pages"][number] | undefined {
  return known.pages.find(({ id }) => id === choice.page);
}

/** Anybody can write to any page; who wrote before did so to one of them. */
function namesHere(): string[] {
  return [...known.people, ...(pageHere()?.people ?? [])].map(({ name }) => name);
}

/** What goes wrong is told to the person who plays, in place of being lost. */
function run(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
}

function toast(text: string): void {
  const box = byId("toast");
  box.textContent = text;
  setTimeout(() => {
    if (box.textContent === text) box.textContent = "";
  }, 6_000);
}

const act = (verb: string, body: Record<string, unknown> = {}) =>
  run(control(`customers/${psid}/${verb}`, body));

async function sendFile(file: File): Promise<void> {
  if (file.size > MAX_FILE) throw new Error(t("tooBig"));
  const base64 = await toBase64(file);
  const verb = file.type.startsWith("image/") ? "image" : "file";
  await control(`customers/${psid}/${verb}`, { base64, contentType: file.type, name: file.name });
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === "string" ? (reader.result.split(",")[1] ?? "") : "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const composerActions = {
  text: (text: string) => act("text", { text }),
  reply: (mid: string, text: string) => act("reply", { mid, text }),
  edit: (mid: string, text: string) => act("edit", { mid, text }),
  file: (file: File) => run(sendFile(file)),
  sample: () => act("image"),
  sticker: (stickerId: string) => act("sticker", { stickerId }),
};
let composer = createComposer(composerActions, known.stickers);

const chat = createChat({
  react: (mid, reaction) => act(reaction === undefined ? "unreact" : "react", { mid, reaction }),
  reply: (message) => composer.replyTo(message),
  edit: (message) => composer.edit(message),
  postback: ({ title, payload }) => act("postback", { title, payload }),
  quickReply: (quick) => act("quick-reply", quick),
});

const panelActions = {
  travel: (advanceMs: number) => run(control("clock", { advanceMs })),
  travelBack: () => run(control("clock", { reset: true })),
  act,
  fault: (name: string, value: boolean | number | string) => run(control("faults", { name, value })),
  clearFaults: () => run(clearFaults()),
  autoRead(on: boolean) {
    autoRead = on;
    localStorage.setItem("autoRead", on ? "yes" : "no");
    readIfSeen();
  },
};

function show(): void {
  if (!snapshot) return;
  chat.show(snapshot, connected);
  panel.show(snapshot);
  readIfSeen();
}

/** A phone in the hand reports what is on its screen; one in the pocket does not. */
function readIfSeen(): void {
  const last = snapshot?.transcript?.messages.findLast(({ from }) => from === "page");
  const holding = autoRead && document.visibilityState === "visible" && !snapshot?.transcript?.offline;
  if (last && last.state !== "read" && holding) act("read");
}

async function open(): Promise<void> {
  unwatch();
  chat.reset();
  composer.clear();
  localStorage.setItem("person", choice.person);
  localStorage.setItem("page", choice.page);
  const pageName = pageHere()?.name ?? "";
  byId("phone-name").textContent = pageName;
  byId("page-disc").textContent = pageName.slice(0, 1).toUpperCase();
  const before = pageHere()?.people.find(({ name }) => name === choice.person);
  ({ psid } = await openThread(choice.page, { name: choice.person, psid: before?.psid }));
  unwatch = watch(psid, {
    onState(next) {
      snapshot = next;
      connected = true;
      show();
    },
    onConnection(now) {
      connected = now;
      show();
    },
  });
}

function fill(id: "person" | "page", options: readonly { value: string; label: string }[]): void {
  const select = byId<HTMLSelectElement>(id);
  select.replaceChildren(...options.map(({ value, label }) => h("option", { value }, label)));
  select.value = choice[id];
  select.onchange = () => {
    choice[id] = select.value;
    if (id === "page") fillPeople();
    run(open());
  };
}

function fillPeople(): void {
  const notes = { full: "", none: ` (${t("noAccess")})`, phone: ` (${t("phoneMade")})` };
  const profiles = new Map(known.people.map(({ name, profile }) => [name, profile]));
  const names = namesHere();
  if (!names.includes(choice.person)) choice.person = names[0] ?? "";
  fill(
    "person",
    names.map((name) => ({ value: name, label: name + notes[profiles.get(name) ?? "full"] })),
  );
}

function drawAll(): void {
  applyStaticText();
  byId("language").textContent = t("otherLanguage");
  byId("language").lang = currentLanguage() === "vi" ? "en" : "vi";
  fillPeople();
  fill(
    "page",
    known.pages.map(({ id, name }) => ({ value: id, label: name })),
  );
  composer = createComposer(composerActions, known.stickers);
  panel = createPanel(panelActions, { overview: known, autoRead });
  chat.reset();
  show();
}

byId("language").onclick = () => {
  setLanguage(currentLanguage() === "vi" ? "en" : "vi");
  drawAll();
};
byId("panel-toggle").onclick = () => {
  const shown = document.body.classList.toggle("with-panel");
  byId("panel-toggle").setAttribute("aria-expanded", String(shown));
};
document.addEventListener("visibilitychange", readIfSeen);

drawAll();
await open();
