import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { expect, test, vi } from "vitest";
import { agent, carries, id, lan, minh } from "../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { openDialog } from "../actions/navigate.ts";
import { goOffline } from "../actions/sign-off.ts";
import { Frame } from "./frame.tsx";
import { useLeaveGuard } from "./use-leave-guard.ts";

const work = [
  {
    interactionId: id(1),
    conversationId: id(2),
    channel: "facebook" as const,
    customerName: "Khách Một",
    state: "active" as const,
  },
];

function Desk() {
  useLeaveGuard();
  return <Frame />;
}

async function open(script: Script = {}, inHand = 1) {
  const desk = await scripted(
    {
      "conversation.list": () => ({ conversations: [], next: null }),
      "agent.in_hand": () => ({ work, keepUntil: Date.UTC(2026, 10, 23, 2) }),
      "agent.sign_off": () => ({ agent: agent(lan, { state: "offline", carries: carries(0) }) }),
      "agent.set_state": () => ({ agent: agent(lan, { state: "offline", carries: carries(0) }) }),
      ...script,
    },
    {
      hash: "#/inbox",
      snapshot: { permissions: ["work"], agents: [agent(lan, { carries: carries(inHand) }), agent(minh)] },
    },
  );
  const page = { ...desk, ...show(desk, <Desk />) };
  await screen.findByRole("main");
  const palette = async (words: string) => {
    await page.user.keyboard("{Control>}k{/Control}");
    await page.user.type(await screen.findByRole("combobox"), `${words}{Enter}`);
  };
  const signedOff = () => desk.sent.filter((s) => s.name === "agent.sign_off").map((s) => s.input);
  return { ...page, palette, signedOff };
}

const question = () => screen.findByRole("dialog", { name: "Việc chưa xong thì sao?" });

test("going offline with work in hand asks, by keys alone: handed back is proposed, Enter does what is chosen", async () => {
  const { client, user, signedOff } = await open();
  act(() => goOffline(client));
  const dialog = await question();
  expect(await within(dialog).findByRole("listitem")).toHaveTextContent("Khách Mộtđang xử lý");
  const back = within(dialog).getByRole("radio", { name: "Trả lại hàng chờ" });
  expect(back).toBeChecked();
  await waitFor(() => expect(back).toHaveFocus());
  // Held until the focus has moved: that comes a moment after the key.
  await user.keyboard("{ArrowDown>}");
  await waitFor(() => expect(within(dialog).getByRole("radio", { name: "Giữ cho tôi" })).toBeChecked());
  await user.keyboard("{/ArrowDown}");
  expect(dialog).toHaveTextContent("23/11/2026 09:00");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(signedOff()).toEqual([{ work: { what: "keep" }, note: "" }]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("Escape leaves it, and the focus is back where it was: on the switch whose menu asked", async () => {
  const { user } = await open();
  const state = screen.getByRole("button", { name: /Trạng thái của bạn/ });
  await user.keyboard("p");
  await user.click(await screen.findByRole("menuitemcheckbox", { name: /^Ngoại tuyến/ }));
  await question();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(state).toHaveFocus());
});

test("Escape leaves it, and the focus is back where the palette was called from", async () => {
  const { user, palette } = await open();
  const tab = await screen.findByRole("tab", { name: /Của tôi/ });
  act(() => tab.focus());
  await palette("ngoai tuyen");
  await question();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(tab).toHaveFocus());
});

test("with empty hands nothing is asked", async () => {
  const { palette, sent, signedOff } = await open({}, 0);
  await palette("ngoai tuyen");
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({ name: "agent.set_state", input: { state: "offline" } }),
  );
  expect(signedOff()).toEqual([]);
});

test("signing out asks the same, and hands over to somebody who is there; a refusal keeps what was chosen", async () => {
  const { client, user, signedOff, answer } = await open({
    "agent.sign_off": () => {
      throw new AppError("conflict", "the agent is not there");
    },
  });
  act(() => openDialog(client, { kind: "log_out" }));
  const dialog = await question();
  await user.click(await within(dialog).findByRole("radio", { name: "Giao cho một người" }));
  const go = within(dialog).getByRole("button", { name: "Đăng xuất" });
  expect(go).toBeDisabled();
  await user.click(within(dialog).getByRole("combobox"));
  await user.click(await screen.findByRole("option", { name: /Trần Quốc Minh/ }));
  await user.type(within(dialog).getByRole("textbox"), "Nhờ anh");
  await user.click(go);
  expect(await within(dialog).findByRole("alert")).toBeInTheDocument();
  answer({ "agent.sign_off": () => ({ agent: agent(lan, { state: "offline", carries: carries(0) }) }) });
  await user.click(go);
  const hand = { work: { what: "hand", userId: minh.id }, note: "Nhờ anh" };
  await waitFor(() => expect(signedOff()).toEqual([hand, hand]));
});

test("closing the page with work in hand is held up, and whoever stays finds the question", async () => {
  const close = vi.spyOn(window, "close").mockImplementation(() => {});
  const { user, signedOff } = await open();
  const leave = new Event("beforeunload", { cancelable: true });
  act(() => void fireEvent(window, leave));
  expect(leave.defaultPrevented).toBe(true);
  const dialog = await question();
  await user.click(await within(dialog).findByRole("button", { name: "Ngừng làm việc" }));
  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(signedOff()).toEqual([{ work: { what: "return" }, note: "" }]);
  const now = new Event("beforeunload", { cancelable: true });
  act(() => void fireEvent(window, now));
  expect(now.defaultPrevented).toBe(false);
});
