import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { Attachment } from "@tongdai/shared";
import { expect, test } from "vitest";
import { id, lan } from "../../../../test/renderer/builders.ts";
import {
  asked,
  editorOf,
  hoa,
  letter,
  mai,
  mailbox,
  openLetters,
  sentLetter,
  thread,
} from "../../../../test/renderer/letters.tsx";
import { changeDraft } from "../../actions/save-draft.ts";
import { answerLetter } from "../../actions/write-letter.ts";
import { emptyLetter } from "../../state/letters.ts";

let o: Awaited<ReturnType<typeof openLetters>>;
const draft = () => o.client.store.getState().drafts[thread.id];
const write = (html: string) => act(async () => void editorOf(o.box()).commands.insertContent(html));
const press = (target: Element, key: string, more: object = {}) =>
  fireEvent.keyDown(target, { key, ...more });
const ctrl = { ctrlKey: true };
const sent = () => sentLetter(o.sent);

test("a formatted answer goes to whoever wrote, with their subject, what it quotes and the same words plain", async () => {
  o = await openLetters();
  await write("<p>Đơn <strong>đã đi</strong>:</p><ul><li>hôm nay</li></ul>");
  press(o.box(), "Enter", ctrl);
  await waitFor(() => expect(sent()).toBeDefined());
  expect(sent()).toMatchObject({
    text: "Đơn đã đi:\n- hôm nay",
    letter: {
      subject: "Re: Đơn hàng 77",
      to: [mai],
      cc: [],
      html: '<p style="margin:0">Đơn <strong>đã đi</strong>:</p><ul><li><p style="margin:0">hôm nay</p></li></ul>',
      quote: {
        messageId: asked().id,
        how: "reply",
        intro: expect.stringContaining("Mai <mai@khach.vn> đã viết:"),
      },
    },
  });
  expect(draft()?.text).toBe("");
  expect(editorOf(o.box()).isEmpty).toBe(true);
});

test("Enter begins a paragraph and sends nothing, Tab leaves the box", async () => {
  o = await openLetters();
  await write("một");
  press(o.box(), "Enter");
  await write("hai");
  expect(draft()?.text).toBe("một\nhai");
  expect(press(o.box(), "Tab")).toBe(true);
  expect(sent()).toBeUndefined();
});

test("keys and buttons format what is chosen, and the buttons tell what it is", async () => {
  o = await openLetters();
  await write("chữ");
  act(() => void editorOf(o.box()).commands.selectAll());
  press(o.box(), "b", ctrl);
  expect(draft()?.letter?.html).toBe("<p><strong>chữ</strong></p>");
  const bar = screen.getByRole("toolbar", { name: "Định dạng chữ" });
  const bold = within(bar).getByRole("button", { name: "Đậm" });
  expect(bold).toHaveAttribute("aria-pressed", "true");
  await o.user.click(within(bar).getByRole("button", { name: "Xoá định dạng" }));
  expect(draft()?.letter?.html).toBe("<p>chữ</p>");
  act(() => bold.focus());
  await o.user.keyboard("{ArrowRight}{ArrowRight}");
  expect(within(bar).getByRole("button", { name: "Gạch chân" })).toHaveFocus();
  expect(
    within(bar)
      .getAllByRole("button")
      .filter((b) => b.tabIndex === 0),
  ).toHaveLength(1);
});

test("Ctrl+K makes a link of what is chosen and opens no palette; what is no address is told", async () => {
  o = await openLetters();
  await write("cửa hàng");
  act(() => void editorOf(o.box()).commands.selectAll());
  press(o.box(), "k", ctrl);
  expect(o.client.store.getState().ui.dialog).toBeNull();
  const field = screen.getByRole("textbox", { name: "Địa chỉ liên kết" });
  await o.user.type(field, "javascript:alert(1){Enter}");
  expect(screen.getByRole("alert")).toHaveTextContent("không phải");
  await o.user.clear(field);
  await o.user.type(field, "sen.vn{Enter}");
  expect(draft()).toMatchObject({ text: "cửa hàng (https://sen.vn)" });
  expect(draft()?.letter?.html).toContain('href="https://sen.vn"');
});

test("a canned reply takes the place of what was typed after a stroke", async () => {
  o = await openLetters();
  await write("/cho");
  await waitFor(() => expect(screen.getByRole("option", { name: /cho-chut/ })).toBeVisible());
  press(o.box(), "Enter");
  await waitFor(() => expect(draft()?.text).toBe("Anh/chị chờ em kiểm tra một chút nhé."));
});

test("copies unfold, are read as they are pasted, and one that is no address keeps the letter here", async () => {
  o = await openLetters();
  await write("x");
  expect(screen.queryByRole("textbox", { name: "Bcc" })).toBeNull();
  await o.user.click(screen.getByRole("button", { name: "Cc Bcc" }));
  const cc = screen.getByRole("combobox", { name: "Cc" });
  expect(cc).toHaveFocus();
  await o.user.paste("Hoà <hoa@khach.vn>; an@khach");
  expect(screen.getByRole("alert")).toHaveTextContent("an@khach");
  press(o.box(), "Enter", ctrl);
  expect(await screen.findByText(/Có địa chỉ chưa đúng/)).toBeVisible();
  expect(sent()).toBeUndefined();
  await o.user.click(screen.getByRole("button", { name: "Bỏ an@khach" }));
  expect(cc).toHaveFocus();
  // What stands typed when Ctrl+Enter is pressed in the field goes along.
  await o.user.type(screen.getByRole("combobox", { name: "Bcc" }), "sep@sen.vn{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent()).toBeDefined());
  expect(sent()?.letter).toMatchObject({
    to: [mai],
    cc: [{ name: "Hoà", address: "hoa@khach.vn" }],
    bcc: [{ name: "", address: "sep@sen.vn" }],
  });
});

test("what is left out with a button that goes with it gives its focus to the words, not to the desk's commands", async () => {
  o = await openLetters();
  await write("x");
  await o.user.click(screen.getByRole("button", { name: /^Không kèm/ }));
  await waitFor(() => expect(o.box()).toHaveFocus());
});

test("an answer to all names everybody but ourselves, by key and by button", async () => {
  o = await openLetters([
    asked({
      letter: letter({
        to: [{ name: "", address: "support+01x@sen.vn" }, hoa],
        cc: [{ name: "", address: "an@khach.vn" }],
      }),
    }),
  ]);
  await o.user.keyboard("{Shift>}R{/Shift}");
  expect(draft()?.letter).toMatchObject({ to: [mai, hoa], cc: [{ name: "", address: "an@khach.vn" }] });
  expect(screen.getByRole("button", { name: "Bỏ an@khach.vn" })).toBeVisible();
  fireEvent.mouseEnter(screen.getByText("Đơn của tôi đâu?").closest("li") as Element);
  fireEvent.click(await screen.findByRole("button", { name: "Trả lời" }));
  expect(draft()?.letter).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Trả lời tất cả" }));
  expect(draft()?.letter?.cc).toHaveLength(1);
});

const attached = (mediaId: string): Attachment => ({
  id: mediaId,
  kind: "file",
  name: "hoa-don.pdf",
  mime: "application/pdf",
  size: 10,
  mediaId,
  thumbnail: false,
  width: null,
  height: null,
  state: "ready",
  failure: null,
  title: null,
  url: null,
});

test("a letter is passed on with its files and without words, once somebody is named", async () => {
  const file = attached(id(901));
  const inline = { ...file, id: id(902), mediaId: id(903), inline: true } as const;
  o = await openLetters([asked({ attachments: [file, inline] })]);
  await o.user.keyboard("f");
  const to = screen.getByRole("combobox", { name: "Đến" });
  await waitFor(() => expect(to).toHaveFocus());
  await o.user.click(screen.getByRole("button", { name: "Gửi" }));
  expect(await screen.findByText("Thêm người nhận rồi gửi")).toBeVisible();
  await o.user.type(to, "kho@sen.vn,");
  await o.user.click(screen.getByRole("button", { name: "Gửi" }));
  await waitFor(() => expect(sent()).toBeDefined());
  expect(sent()).toMatchObject({
    text: "",
    mediaIds: [id(901)],
    letter: { subject: "Fwd: Đơn hàng 77", to: [{ address: "kho@sen.vn" }], quote: { how: "forward" } },
  });
  expect(sent()?.letter?.quote?.intro).toContain("Từ: Mai <mai@khach.vn>");
});

test("a letter with more files than one may carry says so before it is passed on", async () => {
  const many = Array.from({ length: 12 }, (_, i) => attached(id(920 + i)));
  o = await openLetters([asked({ attachments: many })]);
  await o.user.keyboard("f");
  expect(await screen.findByText(/có 12 tệp.*nhiều nhất 10 tệp, nên 2 tệp không đi cùng/)).toBeVisible();
  act(() => answerLetter(o.client, asked(), "reply"));
  expect(screen.queryByText(/không đi cùng/)).toBeNull();
});

test("copies fold again once the letter has gone", async () => {
  o = await openLetters();
  await o.user.click(screen.getByRole("button", { name: "Cc Bcc" }));
  await write("x");
  press(o.box(), "Enter", ctrl);
  await waitFor(() => expect(sent()).toBeDefined());
  expect(screen.queryByRole("combobox", { name: "Cc" })).toBeNull();
  expect(screen.getByRole("button", { name: "Cc Bcc" })).toBeVisible();
});

test("what is quoted is folded, can be looked at and left out", async () => {
  o = await openLetters();
  await write("x");
  const show = screen.getByRole("button", { name: "Xem phần trích dẫn" });
  await o.user.click(show);
  expect(
    within(screen.getByRole("region", { name: "Phần trích dẫn" })).getByText("Đơn của tôi đâu?"),
  ).toBeVisible();
  await o.user.click(screen.getByRole("button", { name: "Không kèm thư này" }));
  press(o.box(), "Enter", ctrl);
  await waitFor(() => expect(sent()).toBeDefined());
  expect(sent()?.letter?.quote).toBeNull();
});

test("a draft keeps the whole letter, and one that comes from another device shows at once", async () => {
  o = await openLetters();
  await write("<em>nháp</em>");
  o.clock.advance(1_000);
  const saved = () => o.sent.findLast((s) => s.name === "draft.save")?.input;
  await waitFor(() =>
    expect(saved()).toMatchObject({ text: "nháp", letter: { html: "<p><em>nháp</em></p>" } }),
  );
  await waitFor(() => expect(draft()?.dirty).toBe(false));
  const at = { conversationId: thread.id, replyToId: null, note: false, privately: false, savedAt: 9 };
  const far = { ...emptyLetter, cc: [hoa], html: "<p>từ <em>máy</em> khác</p>" };
  await act(async () => {
    o.client.update((s) => ({
      ...s,
      drafts: {
        ...s.drafts,
        [thread.id]: { ...at, text: "từ máy khác", mediaIds: [], letter: far, dirty: false },
      },
    }));
  });
  expect(editorOf(o.box()).getHTML()).toBe(far.html);
  expect(screen.getByRole("button", { name: "Bỏ hoa@khach.vn" })).toBeVisible();
});

test("words that were typed where there is no formatting are kept when the box comes", async () => {
  o = await openLetters();
  await act(async () => changeDraft(o.client, thread.id, { text: "gõ trước\nhai dòng" }));
  expect(editorOf(o.box()).getHTML()).toBe("<p>gõ trước</p><p>hai dòng</p>");
});

const signed = (ownerId: string, words: string) => ({
  ownerId,
  html: `<p>${words}</p>`,
  text: `${words}\n0901 234 567`,
  version: 1,
});

test("the signature is folded below the words, one's own before the mailbox's, and goes along", async () => {
  o = await openLetters(
    [asked()],
    {},
    {},
    {
      signatures: [signed(mailbox.id, "Sen Việt")],
      ownSignature: signed(lan.id, "Lan"),
    },
  );
  await write("x");
  expect(screen.getByText("Kèm chữ ký: Lan")).toBeVisible();
  await o.user.click(screen.getByRole("button", { name: "Xem chữ ký" }));
  const shown = within(screen.getByRole("region", { name: "Chữ ký" })).getByTitle("Nội dung thư");
  expect(shown).toHaveAttribute("srcdoc", expect.stringContaining('<p style="margin:0">Lan</p>'));
  press(o.box(), "Enter", ctrl);
  await waitFor(() => expect(sent()).toBeDefined());
  // The gateway appends it: it never stands in the words themselves.
  expect(sent()?.letter).toMatchObject({ signature: true });
  expect(sent()?.letter?.html).not.toContain("Lan");
});

test("the mailbox's signature can be left out of one letter, and the next one has it again", async () => {
  o = await openLetters([asked()], {}, {}, { signatures: [signed(mailbox.id, "Sen Việt")] });
  await write("x");
  await o.user.click(screen.getByRole("button", { name: "Không kèm chữ ký" }));
  expect(screen.queryByText(/Kèm chữ ký:/)).toBeNull();
  expect(screen.getByRole("button", { name: "Kèm chữ ký" })).toBeVisible();
  press(o.box(), "Enter", ctrl);
  await waitFor(() => expect(sent()?.letter).toMatchObject({ signature: false }));
  expect(screen.getByText("Kèm chữ ký: Sen Việt")).toBeVisible();
});
