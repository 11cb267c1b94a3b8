import { byId, h } from "./dom.ts";
import { currentLanguage, turnLanguage, wordsOf } from "./words.ts";

const { t } = wordsOf({});
const MAX_FILE = 25 * 1024 * 1024;

/** What the page for all channels asks of the page of one: whom to play. */
export const asked = new URLSearchParams(location.search);
if (asked.has("embedded")) document.body.classList.add("embedded");

/** What goes wrong is told to the person who plays, in place of being lost. */
export function run(work: Promise<unknown>): void {
  work.catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
}

export function toast(text: string): void {
  const box = byId("toast");
  box.textContent = text;
  setTimeout(() => {
    if (box.textContent === text) box.textContent = "";
  }, 6_000);
}

export interface SentFile {
  readonly base64: string;
  readonly contentType: string;
  readonly name: string;
}

export async function toBase64(file: File): Promise<SentFile> {
  if (file.size > MAX_FILE) throw new Error(t("tooBig"));
  const base64 = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () =>
      resolve(typeof reader.result === "string" ? (reader.result.split(",")[1] ?? "") : "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return { base64, contentType: file.type, name: file.name };
}

/** One call to the simulator, which comes from the same release: its answers are trusted here and nowhere else. */
export async function call<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/sim/${path}`, {
    ...(body !== undefined && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}

/** Follows the simulator's state, over every loss of the connection. @returns its own undo */
export function watch<T>(
  query: string,
  live: { onState(state: T): void; onConnection(connected: boolean): void },
): () => void {
  const source = new EventSource(`/sim/stream?${query}`);
  source.addEventListener("state", (event) => live.onState(JSON.parse(event.data)));
  source.addEventListener("open", () => live.onConnection(true));
  source.addEventListener("error", () => live.onConnection(false));
  return () => source.close();
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export function fill(
  id: string,
  o: { options: readonly Option[]; value: string; onChange(value: string): void },
): void {
  const select = byId<HTMLSelectElement>(id);
  select.replaceChildren(...o.options.map(({ value, label }) => h("option", { value }, label)));
  select.value = o.value;
  select.onchange = () => o.onChange(select.value);
}

/** The bar's two buttons: the other language, and the panel where it does not fit beside the phone. */
export function barButtons(redraw: () => void): void {
  const language = byId("language");
  const label = () => {
    language.textContent = t("otherLanguage");
    language.lang = currentLanguage() === "vi" ? "en" : "vi";
  };
  language.onclick = () => {
    turnLanguage();
    label();
    redraw();
  };
  label();
  byId("panel-toggle").onclick = () => {
    const shown = document.body.classList.toggle("with-panel");
    byId("panel-toggle").setAttribute("aria-expanded", String(shown));
  };
}

/** Keeps who reads the newest at the newest, also when the list gets lower. */
export function stickToEnd(): { show(): void; reset(): void } {
  const scroll = byId("scroll");
  let end = true;
  const show = () => {
    if (end) scroll.scrollTop = scroll.scrollHeight;
  };
  scroll.addEventListener("scroll", () => {
    end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  });
  const observer = new ResizeObserver(show);
  observer.observe(scroll);
  observer.observe(byId("messages"));
  return {
    show,
    reset() {
      end = true;
    },
  };
}
