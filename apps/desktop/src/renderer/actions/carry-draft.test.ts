import { expect, test } from "vitest";
import { conversation, facebook, id } from "../../../test/renderer/builders.ts";
import { desk, settle } from "../../../test/renderer/desk.ts";
import { emptyLetter } from "../state/letters.ts";
import { carryDraft } from "./carry-draft.ts";
import { changeDraft } from "./save-draft.ts";

const [from, to] = [conversation(1), conversation(2)];
const drafts = (client: Awaited<ReturnType<typeof desk>>["client"]) => client.store.getState().drafts;

async function lettersToo() {
  const d = await desk();
  const { capabilities } = facebook;
  const writes = { ...facebook, capabilities: { ...capabilities, letters: { maxRecipients: 5 } } };
  d.client.update((s) => ({ ...s, people: { ...s.people, channels: { facebook: writes } } }));
  return d;
}

test("from letter to letter go recipients, subject and format, but not what was to be passed on", async () => {
  const { client } = await lettersToo();
  const letter = {
    ...emptyLetter,
    forward: true,
    subject: "Hoá đơn",
    cc: [{ name: "Hà", address: "ha@sen.vn" }],
    html: "<p><b>Dạ</b></p>",
  };
  changeDraft(client, from.id, { text: "Dạ", letter });
  carryDraft(client, from.id, to);
  await settle();
  expect(drafts(client)[to.id]).toMatchObject({ text: "Dạ", letter: { ...letter, forward: false } });
  expect(drafts(client)[from.id]?.text ?? "").toBe("");
});

test("where chat is written the words of a letter go alone", async () => {
  const { client } = await desk();
  changeDraft(client, from.id, { text: "Dạ", letter: { ...emptyLetter, subject: "Hoá đơn" } });
  carryDraft(client, from.id, to);
  await settle();
  expect(drafts(client)[to.id]).toMatchObject({ text: "Dạ", letter: null });
});

test("a note for colleagues that was begun there does not become words for the customer", async () => {
  const { client } = await desk();
  changeDraft(client, to.id, { text: "khách khó tính", note: true });
  changeDraft(client, from.id, { text: "Dạ", mediaIds: [id(1)] });
  carryDraft(client, from.id, to);
  await settle();
  expect(drafts(client)[to.id]).toMatchObject({ text: "khách khó tính", note: true, mediaIds: [] });
  expect(drafts(client)[from.id]).toMatchObject({ text: "Dạ", mediaIds: [id(1)] });
});
