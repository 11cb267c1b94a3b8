import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { AppError, type Uploaded } from "@tongdai/shared";
import { expect, test } from "vitest";
import { conversation, id, morning } from "../../../../test/renderer/builders.ts";
import { desk, settle } from "../../../../test/renderer/desk.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openConversation } from "../../actions/open-conversation.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { ticker } from "../../ui/ticker.ts";
import { Toaster } from "../../ui/toast.tsx";
import ConversationPanel from "./conversation.tsx";

const c1 = conversation(1).id;
const picture = (name: string) => new File(["x"], name, { type: "image/png" });

async function opened() {
  const tries: { name: string; done(): void; fail(): void; progress(part: number): void }[] = [];
  const d = await desk({
    rest: {
      upload: (_file, name, { progress }) =>
        new Promise<Uploaded>((resolve, reject) => {
          const about = { kind: "image", mime: "image/png", size: 2_048, thumbnail: true } as const;
          tries.push({
            name,
            progress,
            done: () => resolve({ mediaId: id(62_000 + tries.length), name, ...about }),
            fail: () => reject(new AppError("unavailable", "broke off")),
          });
        }),
    },
  });
  ticker.setSkew(morning - Date.now());
  openConversation(d.client, c1);
  const page = show(
    d,
    <>
      <ConversationPanel />
      <Toaster />
    </>,
  );
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  return { ...page, ...d, box, tries };
}

const drop = (target: Element, ...files: File[]) => {
  const event = createEvent.drop(target, { dataTransfer: { files, types: ["Files"] } });
  fireEvent(target, event);
  return event;
};

test("each file tells how far it is, one that failed is tried again, and Enter waits for all of them", async () => {
  const { user, box, tries, socket, client } = await opened();
  fireEvent.paste(box, { clipboardData: { files: [picture("1.png"), picture("2.png")], types: ["Files"] } });
  await waitFor(() => expect(tries.map((each) => each.name)).toEqual(["1.png", "2.png"]));
  tries[0]?.progress(0.4);
  expect(await screen.findByRole("progressbar", { name: "1.png, đã tải 40%" })).toBeVisible();
  await user.type(box, "Dạ đây ạ{Enter}");
  expect(await screen.findByText("Chờ tệp tải lên xong rồi gửi")).toBeVisible();
  tries[0]?.fail();
  tries[1]?.done();
  await user.click(await screen.findByRole("button", { name: "Thử tải lại 1.png" }));
  tries[2]?.done();
  await waitFor(() => expect(client.store.getState().uploads).toEqual([]));
  expect(socket.sent.some((s) => s.name === "message.send")).toBe(false);
  await user.type(box, "{Enter}");
  await waitFor(() =>
    expect(socket.sent.findLast((s) => s.name === "message.send")?.input).toMatchObject({
      text: "Dạ đây ạ",
      mediaIds: [id(62_003), id(62_002)],
    }),
  );
});

test("a file dropped on a note stays out, is not opened by the browser, and the reason is said", async () => {
  const { box, client, tries } = await opened();
  changeDraft(client, c1, { note: true });
  await settle();
  expect(drop(box, picture("1.png")).defaultPrevented).toBe(true);
  expect(await screen.findByText("Ghi chú không kèm tệp được")).toBeVisible();
  expect(tries).toEqual([]);
});
