import { asked, barButtons, fill, type Option, run, toBase64, watch } from "../../kit/page/client.ts";
import { byId } from "../../kit/page/dom.ts";
import { clearFaults, control, openThread, overview } from "./api.ts";
import { createChat } from "./chat.ts";
import { type CommentsView, createComments } from "./comments.ts";
import { createComposer } from "./composer.ts";
import { applyStaticText, t } from "./i18n.ts";
import { createPanel, type PanelView } from "./panel.ts";
import type { Overview, Snapshot } from "./types.ts";

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
let comments: CommentsView;

function saved(key: string, possible: readonly string[]): string {
  const wanted = asked.get(key) ?? localStorage.getItem(key) ?? "";
  return possible.includes(wanted) ? wanted : (possible[0] ?? "");
}

function pageHere(): Overview["pages"][number] | undefined {
  return known.pages.find(({ id }) => id === choice.page);
}

/** Anybody can write to any page; who wrote before did so to one of them. */
function namesHere(): string[] {
  const names = [...known.people, ...(pageHere()?.people ?? [])].map(({ name }) => name);
  const wanted = asked.get("person");
  return wanted === null || names.includes(wanted) ? names : [wanted, ...names];
}

const act = (verb: string, body: Record<string, unknown> = {}) =>
  run(control(`customers/${psid}/${verb}`, body));

async function sendFile(file: File): Promise<void> {
  const sent = await toBase64(file);
  await control(`customers/${psid}/${file.type.startsWith("image/") ? "image" : "file"}`, { ...sent });
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
  comments.show(snapshot);
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
  unwatch = watch<Snapshot>(`psid=${encodeURIComponent(psid)}`, {
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

function choose(id: "person" | "page", options: readonly Option[]): void {
  fill(id, {
    options,
    value: choice[id],
    onChange(value) {
      choice[id] = value;
      if (id === "page") fillPeople();
      run(open());
    },
  });
}

function fillPeople(): void {
  const notes = { full: "", none: ` (${t("noAccess")})`, phone: ` (${t("phoneMade")})` };
  const profiles = new Map(known.people.map(({ name, profile }) => [name, profile]));
  const names = namesHere();
  if (!names.includes(choice.person)) choice.person = names[0] ?? "";
  choose(
    "person",
    names.map((name) => ({ value: name, label: name + notes[profiles.get(name) ?? "full"] })),
  );
}

function drawAll(): void {
  applyStaticText();
  fillPeople();
  choose(
    "page",
    known.pages.map(({ id, name }) => ({ value: id, label: name })),
  );
  composer = createComposer(composerActions, known.stickers);
  comments = createComments((text) => act("comment", { text }));
  panel = createPanel(panelActions, { overview: known, autoRead });
  chat.reset();
  show();
}

barButtons(drawAll);
document.addEventListener("visibilitychange", readIfSeen);

drawAll();
await open();
