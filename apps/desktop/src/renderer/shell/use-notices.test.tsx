import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { conversation, event, ha, id, lan, message, minh } from "../../../test/renderer/builders.ts";
import { fakeDesktop } from "../../../test/renderer/fake-desktop.ts";
import { scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { Toaster } from "../ui/toast.tsx";
import { Frame } from "./frame.tsx";

afterEach(() => vi.restoreAllMocks());

async function open() {
  const { bridge } = fakeDesktop();
  const notify = vi.fn(bridge.notify);
  const desk = await scripted(
    {},
    {
      hash: "#/settings",
      desktop: { ...bridge, notify },
      snapshot: { permissions: ["work"], users: [lan, minh, ha] },
    },
  );
  show(
    desk,
    <>
      <Frame />
      <Toaster />
    </>,
  );
  await screen.findByRole("main");
  let seq = 9;
  const whisper = (agentId: string, text: string) =>
    act(() =>
      desk.tell(
        event(seq++, "whisper.spoken", {
          whisper: { id: id(1), conversationId: id(2), fromId: ha.id, agentId, text, at: desk.clock.now() },
        }),
      ),
    );
  act(() => desk.tell(event(seq++, "conversation.updated", { conversation: conversation(2) })));
  /** Of Lan's answer to customer 2. */
  const told = (change: {
    text: string;
    state: "failed" | "delivered";
    stateAt: number;
    userId?: string;
  }) => {
    const { userId = lan.id, ...state } = change;
    const answer = message(conversation(2).id, 1, {
      direction: "out",
      author: { kind: "agent", userId },
      ...state,
    });
    const at = desk.clock.now();
    act(() => desk.tell({ ...event(seq++, "message.updated", { message: answer }), at }));
  };
  return { notify, whisper, told, now: () => desk.clock.now() };
}

test("a whisper calls its agent on the desktop when the window is not in front, and in it when it is", async () => {
  const { notify, whisper } = await open();
  const focus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  whisper(lan.id, "Mời khách đổi máy");
  await waitFor(() =>
    expect(notify).toHaveBeenCalledWith({
      title: `${ha.name} nhắc thầm`,
      body: "Mời khách đổi máy",
      conversationId: id(2),
    }),
  );
  expect(await screen.findByText("Mời khách đổi máy")).toBeInTheDocument();
  focus.mockReturnValue(true);
  whisper(lan.id, "Hỏi thêm mã đơn");
  expect(await screen.findByText("Hỏi thêm mã đơn")).toBeInTheDocument();
  whisper(minh.id, "Cho người khác");
  expect(notify).toHaveBeenCalledTimes(1);
});

test("an answer that did not arrive is told to whoever wrote it, once", async () => {
  const { told, now } = await open();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  told({ text: "đến rồi", state: "delivered", stateAt: now() });
  told({ text: "của Minh", state: "failed", stateAt: now(), userId: minh.id });
  told({ text: "đã báo", state: "failed", stateAt: now() - 60_000 });
  expect(screen.queryByText(/không đến nơi/)).toBeNull();
  told({ text: "chưa đến", state: "failed", stateAt: now() });
  expect(await screen.findByText("chưa đến")).toBeInTheDocument();
  expect(screen.getByText("Tin gửi Khách 2 không đến nơi")).toBeInTheDocument();
  expect(screen.queryByText(/đến rồi|của Minh|đã báo/)).toBeNull();
});
