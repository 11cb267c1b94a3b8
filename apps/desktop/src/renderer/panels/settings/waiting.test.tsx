import { screen, waitFor } from "@testing-library/react";
import type { Queue } from "@tongdai/shared";
import { expect, test } from "vitest";
import { ha, id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const warranty: Queue = { ...queueCare, id: id(11), name: "Bảo hành", memberIds: [] };

async function open(queue: Queue = queueCare) {
  const desk = await scripted(
    { "queue.save": () => ({ queue }) },
    {
      hash: "#/settings/queues",
      snapshot: {
        permissions: ["agents.see", "people.manage"],
        users: [lan, minh, ha],
        queues: [queue, warranty],
      },
    },
  );
  const shown = { ...desk, ...show(desk, <Settings />) };
  await shown.user.click(screen.getAllByRole("button", { name: "Sửa" }).at(1) ?? document.body);
  await shown.user.click(screen.getByRole("tab", { name: "Chờ lâu" }));
  const saved = () =>
    (desk.sent.findLast((s) => s.name === "queue.save")?.input as { waiting: unknown } | undefined)?.waiting;
  return { ...shown, saved };
}

const add = () => screen.getByRole("button", { name: "Thêm bước" });
const after = (at: number) => screen.getAllByRole("textbox", { name: "Sau khi chờ" })[at] as HTMLElement;

test("steps are added, in minutes, and one that ends the wait is the last", async () => {
  const { user, saved } = await open();
  await user.click(add());
  await user.click(add());
  await user.clear(after(1));
  await user.type(after(1), "30");
  const actions = screen.getAllByRole("combobox", { name: "Thì" });
  await user.click(actions[1] as HTMLElement);
  await user.click(screen.getByRole("option", { name: "chuyển sang hàng chờ khác" }));
  expect(screen.queryByRole("button", { name: "Thêm bước" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() =>
    expect(saved()).toEqual({
      steps: [
        { afterMs: 300_000, action: "message", text: expect.stringMatching(/chờ giúp em/) as string },
        { afterMs: 1_800_000, action: "move", queueId: warranty.id },
      ],
      place: null,
    }),
  );
});

test("a step that does not come after the one above is told beside it", async () => {
  const { user, saved } = await open();
  await user.click(add());
  await user.click(add());
  await user.clear(after(1));
  await user.type(after(1), "5");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  expect(await screen.findByText("Phải sau bước ở trên")).toBeInTheDocument();
  expect(after(1)).toHaveFocus();
  expect(saved()).toBeUndefined();
});

test("a place is shown as customers will read it, and a text without a number is refused", async () => {
  const { user, saved } = await open();
  await user.click(screen.getByRole("switch", { name: /Báo cho khách vị trí/ }));
  const text = screen.getByRole("textbox", { name: "Lời báo" });
  expect(screen.getByText(/vị trí 3 trong hàng chờ/)).toBeInTheDocument();
  await user.clear(text);
  await user.type(text, "Xin chờ");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  expect(await screen.findByText("Phải có {{position}} hoặc {{minutes}}")).toBeInTheDocument();
  await user.clear(text);
  await user.click(text);
  await user.paste("Vị trí {{position}}");
  await user.type(screen.getByRole("textbox", { name: "Báo lại nhiều nhất mỗi" }), "3");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() =>
    expect(saved()).toEqual({ steps: [], place: { text: "Vị trí {{position}}", everyMs: 180_000 } }),
  );
});

test("who removes a step goes on with the next one, then with the button that adds", async () => {
  const { user } = await open({
    ...queueCare,
    waiting: {
      steps: [
        { afterMs: 60_000, action: "message", text: "Một" },
        { afterMs: 120_000, action: "ticket" },
      ],
      place: null,
    },
  });
  await user.click(screen.getByRole("button", { name: "Bỏ bước 1" }));
  expect(screen.getByRole("button", { name: "Bỏ bước 1" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(add()).toHaveFocus();
});
