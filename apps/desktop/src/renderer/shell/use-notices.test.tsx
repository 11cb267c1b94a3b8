import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { event, ha, id, lan, minh } from "../../../test/renderer/builders.ts";
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
  return { notify, whisper };
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
