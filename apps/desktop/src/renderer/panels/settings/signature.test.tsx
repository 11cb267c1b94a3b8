import { act, screen, waitFor } from "@testing-library/react";
import type { Editor } from "@tiptap/react";
import { AppError, type Signature } from "@tongdai/shared";
import { expect, test } from "vitest";
import { facebook, lan, page } from "../../../../test/renderer/builders.ts";
import { giveLayout, mail, mailbox } from "../../../../test/renderer/letters.tsx";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Toaster } from "../../ui/toast.tsx";
import { AccountSignature } from "./account-signature.tsx";
import { OwnSignature } from "./signature.tsx";

const own: Signature = { ownerId: lan.id, html: "<p>Lan</p>", text: "Lan", version: 3 };

async function opened(ownSignature: Signature | null, script: Script = {}) {
  giveLayout();
  const desk = await scripted(
    {
      "signature.save": ({ html, text }) => ({
        signature: text === "" ? null : { ...own, html, text, version: 4 },
      }),
      ...script,
    },
    { snapshot: { ownSignature } },
  );
  const page = show(
    desk,
    <>
      <OwnSignature />
      <Toaster />
    </>,
  );
  const saved = () => desk.sent.findLast((each) => each.name === "signature.save")?.input;
  return { ...desk, ...page, saved };
}

async function write(html: string) {
  const box = await screen.findByRole("textbox", { name: "Nội dung chữ ký" });
  if (!("editor" in box)) throw new Error("this is no rich text box");
  const editor = box.editor as Editor;
  act(() => void editor.commands.setContent(html, { emitUpdate: true }));
}

test("a first signature is written formatted, and shows how it will look", async () => {
  const o = await opened(null);
  await o.user.click(screen.getByRole("button", { name: "Soạn chữ ký" }));
  await write("<p><strong>Lan</strong></p><p>0901 234 567</p>");
  await o.user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() =>
    expect(o.saved()).toMatchObject({
      html: "<p><strong>Lan</strong></p><p>0901 234 567</p>",
      text: "Lan\n0901 234 567",
    }),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByTitle("Nội dung thư")).toHaveAttribute(
    "srcdoc",
    expect.stringContaining("Lan</strong>"),
  );
});

test("a save says what it is based on; removed is none, and can be brought back", async () => {
  const o = await opened(own);
  await o.user.click(screen.getByRole("button", { name: "Sửa chữ ký" }));
  await write("<p>Lan Nguyễn</p>");
  await o.user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() => expect(o.saved()).toMatchObject({ text: "Lan Nguyễn", version: 3 }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await o.user.click(screen.getByRole("button", { name: "Xoá chữ ký" }));
  expect(await screen.findByText("Bạn chưa có chữ ký")).toBeVisible();
  await o.user.click(await screen.findByRole("button", { name: "Hoàn tác" }));
  await waitFor(() => expect(o.saved()).toMatchObject({ text: "Lan Nguyễn" }));
});

test("what the gateway refuses stays written", async () => {
  const o = await opened(own, {
    "signature.save": () => {
      throw new AppError("unavailable", "later");
    },
  });
  await o.user.click(screen.getByRole("button", { name: "Sửa chữ ký" }));
  await write("<p>Mới</p>");
  await o.user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() => expect(o.saved()).toBeDefined());
  expect(await screen.findByRole("dialog")).toHaveTextContent("Mới");
});

test("a mailbox has one for whoever has none of their own, a page without letters has none", async () => {
  const desk = await scripted(
    {
      "account_signature.save": ({ accountId, html, text }) => ({
        signature: { ownerId: accountId, html, text, version: 1 },
      }),
    },
    { snapshot: { channels: [facebook, mail], accounts: [page, mailbox] } },
  );
  giveLayout();
  const { user } = show(
    desk,
    <>
      <AccountSignature account={page} />
      <AccountSignature account={mailbox} />
    </>,
  );
  await user.click(screen.getByRole("button", { name: "Chữ ký chung" }));
  await write("<p>Sen Việt</p>");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(desk.sent.findLast((each) => each.name === "account_signature.save")?.input).toMatchObject({
    accountId: mailbox.id,
    text: "Sen Việt",
  });
  expect(desk.client.store.getState().people.signatures[mailbox.id]?.text).toBe("Sen Việt");
});
