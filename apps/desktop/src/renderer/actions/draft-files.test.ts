import { expect, test } from "vitest";
import { conversation, id, lan } from "../../../test/renderer/builders.ts";
import { desk } from "../../../test/renderer/desk.ts";
import { putUploaded } from "../state/drafts.ts";
import { loggedIn } from "../state/session.ts";
import { clearDraft, saveDraft } from "./save-draft.ts";
import { enter } from "./start-client.ts";

const c1 = conversation(1).id;
const file = {
  mediaId: id(62_001),
  name: "hoa-don.pdf",
  kind: "file",
  mime: "application/pdf",
  size: 2_048,
  thumbnail: false,
} as const;

test("a client that starts without a connection knows the names of a held draft's files", async () => {
  const before = await desk();
  before.socket.drop();
  before.client.update((s) => putUploaded(s, c1, { ...file, place: 0 }));
  saveDraft(before.client, c1);

  const after = await desk({ storage: before.storage, loggedOut: true });
  after.client.update((s) => loggedIn(s, lan));
  expect(after.client.store.getState().media).toEqual({});
  enter(after.client, lan);
  const state = after.client.store.getState();
  expect(state.drafts[c1]?.mediaIds).toEqual([file.mediaId]);
  expect(state.media[file.mediaId]).toMatchObject({ name: "hoa-don.pdf", size: 2_048 });

  clearDraft(after.client, c1);
  expect(before.storage.keys("tongdai.draft-files.")).toEqual([]);
});
