import { act, screen, waitFor, within } from "@testing-library/react";
import type { Conversation } from "@tongdai/shared";
import { beforeEach, describe, expect, test } from "vitest";
import { conversation, interaction, morning } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { demoWorld, type World } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticker } from "../../ui/ticker.ts";
import Inbox from "./inbox.tsx";

const minute = 60_000;
const hour = 60 * minute;

const goTo = (at: number) => ticker.setSkew(at - Date.now());
beforeEach(() => goTo(morning));

function worldOf(...conversations: readonly Conversation[]): World {
  const world = demoWorld(morning);
  world.conversations.clear();
  for (const c of conversations) world.conversations.set(c.id, c);
  return world;
}

const waits = (n: number, since: number, o: { promiseMs?: number; answerUntil?: number } = {}) => {
  const { promiseMs = null, answerUntil = null } = o;
  const { id } = conversation(n);
  return conversation(n, {
    customerName: `Khách ${n}`,
    unansweredSince: since,
    windowOpenedAt: since,
    answerUntil,
    interaction: interaction(id, { promiseMs }),
  });
};

const rows = () =>
  screen.getAllByRole("option").map((row) => row.querySelector(".truncate")?.textContent?.split(" ").at(-1));
const row = (n: number) => {
  const found = screen.getAllByRole("option").find((r) => within(r).queryByText(`Khách ${n}`));
  if (!found) throw new Error(`no row of customer ${n}`);
  return within(found);
};

describe("what is most urgent in the inbox", () => {
  const world = () =>
    worldOf(
      waits(1, morning - 3 * hour),
      waits(2, morning - 10.5 * minute, { promiseMs: 5 * minute }),
      waits(3, morning - minute / 2, { promiseMs: 30 * minute }),
      waits(4, morning - 22 * hour, { promiseMs: 26 * hour, answerUntil: morning + 2.51 * hour }),
    );

  test("stands by what becomes bad first, and each row says what that is", async () => {
    show(await desk({ world: world() }), <Inbox />);
    await screen.findAllByRole("option");
    expect(rows()).toEqual(["2", "3", "4", "1"]);
    expect(row(2).getByText("Trễ hẹn trả lời 5 phút")).toBeInTheDocument();
    expect(row(2).getByText("trễ 5 phút")).toBeVisible();
    expect(row(3).getByText("Còn 29 phút trong thời gian hẹn trả lời")).toBeInTheDocument();
    expect(row(4).getByText("Còn 2 giờ 30 phút để trả lời")).toBeInTheDocument();
    expect(row(1).queryByText(/hẹn|Còn/)).toBeNull();
  });

  test("does not move when only time passes, though a promise is broken meanwhile", async () => {
    const d = await desk({ world: world() });
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    act(() => goTo(morning + 40 * minute));
    expect(screen.getByText("trễ 10 phút")).toBeVisible();
    expect(rows()).toEqual(["2", "3", "4", "1"]);
  });

  test("says that only a free answer ends, where a later one costs money", async () => {
    const until = morning + 1.51 * hour;
    const w = worldOf(waits(1, until - 48 * hour, { answerUntil: until }));
    const [facebook] = w.snapshot.channels;
    if (!facebook) throw new Error("a world has a channel");
    const replyWindow = { standard: 168 * hour, human: null };
    const capabilities = { ...facebook.capabilities, replyWindow, chargedAfter: 48 * hour };
    w.snapshot = { ...w.snapshot, channels: [{ ...facebook, capabilities }] };
    show(await desk({ world: w }), <Inbox />);
    await screen.findAllByRole("option");
    expect(row(1).getByTitle("Còn 1 giờ 30 phút để trả lời miễn phí")).toBeVisible();
  });

  test("gives way to the newest first for whoever wants it so, also after a restart; all conversations stand so anyway", async () => {
    const d = await desk({ world: world() });
    const { user } = show(d, <Inbox />);
    await screen.findAllByRole("option");
    await user.click(screen.getByRole("button", { name: "Bộ lọc" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Mới nhất trước" }));
    await waitFor(() => expect(rows()).toEqual(["1", "2", "3", "4"]));
    const again = await desk({ world: world(), storage: d.storage });
    expect(again.client.store.getState().inbox.filter.order).toBe("newest");
    await user.click(screen.getByRole("tab", { name: "Tất cả" }));
    await user.click(screen.getByRole("button", { name: "Bộ lọc" }));
    await screen.findByRole("menuitemcheckbox", { name: "Mọi kênh" });
    expect(screen.queryByRole("menuitemcheckbox", { name: "Mới nhất trước" })).toBeNull();
  });
});
