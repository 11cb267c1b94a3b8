import { screen, waitFor, within } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { expect, test } from "vitest";
import { fromLan } from "../../../../test/renderer/builders.ts";
import { asked, hoa, letter, mai, openLetters, thread } from "../../../../test/renderer/letters.tsx";

const failed = fromLan(thread.id, 2, {
  text: "Đơn đã đi",
  state: "failed",
  error: { code: "recipient_unknown", detail: "550 5.1.1 no such user here" },
  letter: letter({ from: null, to: [mai], cc: [hoa] }),
});

test("a letter tells in one line who wrote to whom; unfolded everybody with their address, and when", async () => {
  const o = await openLetters([
    asked({ letter: letter({ cc: [{ name: "Hoà", address: "hoa@khach.vn" }] }) }),
  ]);
  const line = screen.getByRole("button", { name: "Mai <mai@khach.vn> gửi Sen Việt, Hoà" });
  expect(line).toHaveAttribute("aria-expanded", "false");
  expect(screen.queryByText(/support@sen\.vn/)).toBeNull();
  await o.user.click(line);
  expect(line).toHaveAttribute("aria-expanded", "true");
  expect(screen.getByText("Sen Việt <support@sen.vn>")).toBeVisible();
  expect(screen.getByText("Hoà <hoa@khach.vn>")).toBeVisible();
  expect(screen.getByText(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/)).toBeVisible();
});

test.each([
  ["says that its sender may be forged", letter({ isForged: true }), 1],
  ["says nothing of a sender of whom nothing speaks against", letter(), 0],
])("a letter %s", async (_name, shown, times) => {
  await openLetters([asked({ letter: shown })]);
  expect(screen.queryAllByText(/có thể là giả mạo/)).toHaveLength(times);
});

test("a letter that came back shows the server's words, and goes again to a mended address", async () => {
  let refuses = true;
  const o = await openLetters([asked(), failed], {
    "message.resolve": ({ to = [] }) => {
      if (refuses) throw new AppError("opted_out", "no more");
      return { message: { ...failed, state: "queued", revision: 1, letter: letter({ to }) } };
    },
  });
  expect(screen.getByRole("button", { name: "Gửi Mai, hoa@khach.vn" })).toBeVisible();
  expect(screen.getByText("Máy chủ thư báo: 550 5.1.1 no such user here")).toBeVisible();
  await o.user.click(screen.getByRole("button", { name: "Gửi tới địa chỉ khác" }));
  const dialog = within(await screen.findByRole("dialog"));
  await o.user.click(dialog.getByRole("button", { name: "Bỏ Mai" }));
  await o.user.click(dialog.getByRole("button", { name: "Gửi lại" }));
  expect(await dialog.findByText("Thêm người nhận rồi gửi")).toBeVisible();
  expect(o.sent.filter((s) => s.name === "message.resolve")).toEqual([]);
  // One press is enough for what is typed and not yet taken.
  await o.user.type(dialog.getByRole("combobox", { name: "Đến" }), "mai@khach.com");
  expect(dialog.getByRole("button", { name: "Gửi lại" })).toBeEnabled();
  await o.user.click(dialog.getByRole("button", { name: "Gửi lại" }));
  // What was refused stays typed.
  await waitFor(() => expect(dialog.getByRole("button", { name: "Bỏ mai@khach.com" })).toBeVisible());
  refuses = false;
  await o.user.click(dialog.getByRole("button", { name: "Gửi lại" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(o.sent.findLast((s) => s.name === "message.resolve")?.input).toEqual({
    messageId: failed.id,
    action: "resend",
    to: [{ name: "", address: "mai@khach.com" }],
  });
});
