import { asked, barButtons, fill, run, stickToEnd, toBase64, watch } from "./client.ts";
import { byId, h, icon, iconButton } from "./dom.ts";
import type { Channel, Talk } from "./talk.ts";
import { drawPanel, showPanel } from "./talk-panel.ts";
import { showTalk } from "./talk-view.ts";
import { wordsOf } from "./words.ts";

const { t } = wordsOf({});

/** The page of one channel: somebody, whom they write to, and what they see. */
export async function play<State>(channel: Channel<State>): Promise<void> {
  let placeId = asked.get("page") ?? localStorage.getItem("page") ?? "";
  if (!channel.places.some(({ id }) => id === placeId)) placeId = channel.places[0]?.id ?? "";
  let personId = channel.asked?.id ?? "";
  let talk: Talk | null = null;
  let connected = false;
  let unwatch = () => {};
  const end = stickToEnd();

  const show = () => {
    if (!talk) return;
    showTalk(talk, connected);
    showPanel(talk);
    silence(talk.silent);
    end.show();
    // A phone in the hand reports what is on its screen; one in the pocket does not.
    if (talk.unseen && document.visibilityState === "visible") run(channel.read?.() ?? Promise.resolve());
  };
  const people = () => {
    const known = channel.people(placeId);
    const own = channel.asked && !known.some(({ id }) => id === channel.asked?.id) ? [channel.asked] : [];
    return [...own, ...known];
  };
  const open = async () => {
    unwatch();
    end.reset();
    localStorage.setItem("page", placeId);
    const query = await channel.open({ placeId, personId });
    unwatch = watch<State>(query, {
      onState(state) {
        talk = channel.talk(state);
        connected = true;
        show();
      },
      onConnection(now) {
        connected = now;
        show();
      },
    });
  };
  const drawChoices = () => {
    const known = people();
    if (!known.some(({ id }) => id === personId)) personId = known[0]?.id ?? "";
    fill("person", {
      options: known.map(({ id, name }) => ({ value: id, label: name })),
      value: personId,
      onChange(value) {
        personId = value;
        run(open());
      },
    });
    fill("page", {
      options: channel.places.map(({ id, name }) => ({ value: id, label: name })),
      value: placeId,
      onChange(value) {
        placeId = value;
        drawChoices();
        run(open());
      },
    });
  };
  const draw = () => {
    channel.applyWords();
    drawChoices();
    drawComposer(channel);
    drawPanel(channel);
    // The words of what is shown are in the state's own drawing.
    run(open());
  };
  barButtons(draw);
  document.addEventListener("visibilitychange", show);
  draw();
}

function silence(why: string | undefined): void {
  const form = byId<HTMLFormElement>("composer");
  for (const control of form.querySelectorAll<HTMLButtonElement | HTMLTextAreaElement>("button, textarea"))
    control.disabled = why !== undefined;
  const text = form.querySelector("textarea");
  if (text) text.placeholder = why ?? text.getAttribute("aria-label") ?? "";
}

function drawComposer<State>(channel: Channel<State>): void {
  const form = byId<HTMLFormElement>("composer");
  const label = channel.placeholder?.() ?? t("write");
  const text = h("textarea", { rows: "1", "aria-label": label, placeholder: label, maxlength: "5000" });
  const subject = h("input", { "aria-label": t("subject"), placeholder: t("subject"), class: "subject" });
  const chooser = h("input", { type: "file", hidden: true, "aria-label": t("file") });
  const grow = () => {
    text.rows = Math.min(6, Math.max(1, text.value.split("\n").length, Math.ceil(text.value.length / 30)));
  };
  const submit = () => {
    const words = text.value.trim();
    if (words === "" || text.disabled) return;
    run(
      channel.send({ text: words, subject: subject.value.trim() }).catch((error: unknown) => {
        // What was typed is not lost with what could not be sent.
        if (text.value === "") text.value = words;
        throw error;
      }),
    );
    text.value = "";
    grow();
  };
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    // Enter inside an input method only accepts the word being typed; a letter has lines.
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (channel.hasSubject && !event.ctrlKey) return;
    event.preventDefault();
    submit();
  });
  chooser.addEventListener("change", () => {
    for (const file of chooser.files ?? []) run(toBase64(file).then((sent) => channel.sendFile?.(sent)));
    chooser.value = "";
  });
  form.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  const send = h("button", {
    type: "submit",
    class: "round primary",
    "aria-label": t("send"),
    title: t("send"),
  });
  send.append(icon("send"));
  form.classList.toggle("letter", channel.hasSubject === true);
  form.replaceChildren(
    ...(channel.hasSubject ? [subject] : []),
    ...(channel.sendFile ? [iconButton("picture", t("file"), () => chooser.click()), chooser] : []),
    text,
    send,
  );
}
