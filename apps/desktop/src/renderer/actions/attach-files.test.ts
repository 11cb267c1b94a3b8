import { AppError, type Draft, type Uploaded } from "@tongdai/shared";
import { expect, test } from "vitest";
import { conversation, event, facebook, id } from "../../../test/renderer/builders.ts";
import { desk, settle } from "../../../test/renderer/desk.ts";
import type { UploadWatch } from "../net/rest.ts";
import { emptyDraft } from "../state/drafts.ts";
import { addNote } from "./add-note.ts";
import { attachFiles, cancelUpload, retryUpload } from "./attach-files.ts";
import { loadConversation } from "./open-conversation.ts";
import { changeDraft, saveDraft } from "./save-draft.ts";
import { heldBack, sendMessage } from "./send-message.ts";

const c1 = conversation(1).id;
const rules = facebook.capabilities.attachments;
const file = (name: string, bytes = "x") => new File([bytes], name, { type: "image/png" });

interface Running {
  readonly watch: UploadWatch;
  arrive(): Promise<void>;
  fail(): Promise<void>;
}

/** A desk whose uploads arrive when the test says so. */
async function uploading() {
  const running: Record<string, Running> = {};
  let made = 0;
  const d = await desk({
    rest: {
      upload: (_file, name, watch) =>
        new Promise<Uploaded>((resolve, reject) => {
          running[name] = {
            watch,
            async arrive() {
              const about = { kind: "image", mime: "image/png", size: 1, thumbnail: true } as const;
              resolve({ mediaId: id(62_000 + ++made), name, ...about });
              await settle();
            },
            async fail() {
              reject(new AppError("unavailable", "broke off"));
              await settle();
            },
          };
        }),
    },
  });
  const names = () => {
    const { drafts, media } = d.client.store.getState();
    return drafts[c1]?.mediaIds.map((mediaId) => media[mediaId]?.name) ?? [];
  };
  const attach = (...files: File[]) => attachFiles(d.client, c1, files, rules);
  return { ...d, names, attach, running };
}

test("files stand in the order in which they were added, whichever arrives first", async () => {
  const { attach, names, running } = await uploading();
  attach(file("1.png"), file("2.png"));
  attach(file("3.png"));
  await running["3.png"]?.arrive();
  await running["1.png"]?.arrive();
  await running["2.png"]?.arrive();
  expect(names()).toEqual(["1.png", "2.png", "3.png"]);
});

test("one that failed keeps its place when it is tried again, and another given up leaves none", async () => {
  const { attach, names, running, client } = await uploading();
  attach(file("1.png"), file("2.png"), file("3.png"));
  await running["1.png"]?.fail();
  await running["3.png"]?.arrive();
  const [first, second] = client.store.getState().uploads;
  expect(first).toMatchObject({ name: "1.png", error: { code: "unavailable" } });
  retryUpload(client, first?.id ?? "");
  await settle();
  await running["1.png"]?.arrive();
  cancelUpload(client, second?.id ?? "");
  expect(running["2.png"]?.watch.signal.aborted).toBe(true);
  expect(names()).toEqual(["1.png", "3.png"]);
  expect(client.store.getState().uploads).toEqual([]);
});

test("nothing is sent without the files that were added to it", async () => {
  const { attach, running, client, socket } = await uploading();
  changeDraft(client, c1, { text: "Dạ hoá đơn đây ạ" });
  attach(file("1.png"));
  expect(heldBack(client.store.getState(), c1)).toBe("uploading");
  expect(sendMessage(client, c1)).toBe(false);
  await running["1.png"]?.fail();
  expect(heldBack(client.store.getState(), c1)).toBe("upload_failed");
  expect(sendMessage(client, c1)).toBe(false);
  expect(socket.sent.some((s) => s.name === "message.send")).toBe(false);
  cancelUpload(client, client.store.getState().uploads[0]?.id ?? "");
  expect(sendMessage(client, c1)).toBe(true);
});

test("what is empty or one too many is refused; what is too large stands there, not sent up, and holds the answer back", async () => {
  const { attach, running, client } = await uploading();
  const large = file("large.png");
  Object.defineProperty(large, "size", { value: rules.imageMaxBytes + 1 });
  expect(attach(large, file("empty.png", "")).map((r) => r.why)).toEqual(["empty"]);
  expect(heldBack(client.store.getState(), c1)).toBe("unfit");
  expect(running).toEqual({});
  cancelUpload(client, client.store.getState().uploads[0]?.id ?? "");
  const many = Array.from({ length: 11 }, (_, n) => file(`${n}.png`));
  expect(attach(...many).map((r) => [r.file.name, r.why])).toEqual([["10.png", "too_many"]]);
  expect(Object.keys(running)).toHaveLength(10);
});

test("a file that arrives while the draft is being saved stays in it", async () => {
  const { attach, names, running, client } = await uploading();
  changeDraft(client, c1, { text: "Dạ" });
  saveDraft(client, c1);
  attach(file("1.png"));
  const arrived = running["1.png"]?.arrive();
  await settle();
  await arrived;
  expect(names()).toEqual(["1.png"]);
});

const about = { kind: "image", mime: "image/png", size: 2_048, thumbnail: true } as const;
const media: Uploaded[] = [
  { mediaId: id(63_002), name: "hoá đơn.png", ...about },
  { mediaId: id(63_001), name: "bảo hành.png", ...about },
];
const saved: Draft = {
  conversationId: c1,
  text: "Dạ",
  media,
  replyToId: null,
  note: false,
  privately: false,
  letter: null,
  savedAt: 1,
};

test("a draft that was begun before this start comes with its files, and new ones stand after them", async () => {
  const { attach, names, running, client, world, socket } = await uploading();
  world.drafts.set(c1, saved);
  await loadConversation(client, c1);
  expect(names()).toEqual(["hoá đơn.png", "bảo hành.png"]);
  attach(file("3.png"));
  await running["3.png"]?.arrive();
  expect(names()).toEqual(["hoá đơn.png", "bảo hành.png", "3.png"]);
  expect(sendMessage(client, c1)).toBe(true);
  expect(socket.sent.findLast((s) => s.name === "message.send")?.input).toMatchObject({
    mediaIds: [id(63_002), id(63_001), id(62_001)],
  });
});

test("a draft typed on here learns from the gateway what its files are called", async () => {
  const { client, socket } = await uploading();
  client.update((s) => ({ ...s, drafts: { [c1]: { ...emptyDraft, mediaIds: [id(63_001)], dirty: true } } }));
  const told = event(500, "draft.saved", { conversationId: c1, draft: saved });
  socket.tell(told);
  await settle();
  expect(client.store.getState().drafts[c1]?.mediaIds).toEqual([id(63_001)]);
  expect(client.store.getState().media[id(63_001)]?.name).toBe("bảo hành.png");
});

test("a note takes the words only: the files stay for the answer", async () => {
  const { attach, names, running, client, socket } = await uploading();
  attach(file("1.png"));
  await running["1.png"]?.arrive();
  changeDraft(client, c1, { text: "khách đã gửi hoá đơn", note: true });
  addNote(client, c1);
  await settle();
  expect(names()).toEqual(["1.png"]);
  expect(client.store.getState().drafts[c1]).toMatchObject({ text: "", note: true });
  changeDraft(client, c1, { note: false });
  sendMessage(client, c1);
  expect(socket.sent.findLast((s) => s.name === "message.send")?.input).toMatchObject({
    mediaIds: [id(62_001)],
  });
});
