import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError, type Call, type Conversation, type Offer } from "@tongdai/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  agent,
  conversation,
  ha,
  interaction,
  lan,
  minh,
  morning,
} from "../../../../test/renderer/builders.ts";
import { type Desk, desk, settle } from "../../../../test/renderer/desk.ts";
import { demoOffer, demoWorld } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { selectMayTransfer, selectOpenId, selectPark } from "../../state/selectors.ts";
import type { Talk } from "../../state/talk.ts";
import { ticker } from "../../ui/ticker.ts";
import { Toaster } from "../../ui/toast.tsx";
import Offers from "../offer/offers.tsx";
import CallBar from "./bar.tsx";

beforeEach(() => ticker.setSkew(morning - Date.now()));
afterEach(() => ticker.setSkew(0));

const login = {
  server: "/sip",
  address: "sip:lan@tongdai.test",
  name: "1:lan:s",
  password: "p",
  expiresAt: morning + 3_600_000,
};

/** A gateway whose channel is calls, and Lan's phone registered there. */
async function atThePhone() {
  const world = demoWorld(morning);
  const { snapshot } = world;
  const channels = snapshot.channels.map((c) => ({
    ...c,
    capabilities: { ...c.capabilities, calls: true as const },
  }));
  const agents = [
    agent(lan),
    agent(ha, { state: "busy", phone: true }),
    agent(minh, { state: "available", phone: true }),
  ];
  world.snapshot = { ...snapshot, channels, agents };
  world.phone = login;
  const d = await desk({ world });
  await act(settle);
  const page = show(
    d,
    <>
      <textarea aria-label="elsewhere" />
      <CallBar />
      <Offers />
      <Toaster />
    </>,
  );
  return { ...page, d };
}

const talks = (d: Desk): readonly Talk[] => d.client.store.getState().calls.talks;
const bar = () => screen.findByRole("region", { name: "Cuộc gọi" });

/** A customer's call with its offer, ringing. */
function rings(d: Desk): Offer {
  const offer = demoOffer(d.world, morning);
  act(() => {
    d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data: { offer } });
    d.clock.advance(100);
  });
  act(() => void d.phone.ring({ peer: "+84901234567", interactionId: offer.interactionId }));
  return offer;
}
async function talking() {
  const all = await atThePhone();
  const offer = rings(all.d);
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  await all.user.keyboard("{Enter}");
  await waitFor(() => expect(talks(all.d)).toMatchObject([{ phase: "talking" }]));
  return { ...all, offer };
}

test("without telephony no phone is asked for, and nothing stands above the work", async () => {
  const d = await desk();
  show(d, <CallBar />);
  expect(screen.queryByRole("region", { name: "Cuộc gọi" })).toBeNull();
  expect(d.socket.sent.map((s) => s.name)).not.toContain("phone.register");
  expect(d.client.store.getState().calls.phone).toBeNull();
});

test("with telephony the phone logs in by itself, and out with the person", async () => {
  const { d } = await atThePhone();
  expect(d.client.store.getState().calls.phone).toBe("ready");
  expect(await d.phone.check()).toMatchObject({ registered: true });
  act(() => d.client.connection.stop());
  expect(await d.phone.check()).toMatchObject({ registered: false });
});

test("new credentials are asked for before the old ones run out", async () => {
  const { d } = await atThePhone();
  const asked = () => d.socket.sent.filter((s) => s.name === "phone.register").length;
  expect(asked()).toBe(1);
  await act(async () => {
    d.clock.advance(3_600_000 - 5 * 60_000);
    await settle();
  });
  expect(asked()).toBe(2);
});

test("Enter answers the call that is offered: the phone talks, and the conversation opens", async () => {
  const { d, offer } = await talking();
  expect(selectOpenId(d.client.store.getState())).toBe(offer.conversationId);
  expect(d.socket.sent.map((s) => s.name)).not.toContain("offer.accept");
  const region = await bar();
  expect(within(region).getByRole("button", { name: "Gác máy" })).toBeVisible();
  // Until the gateway has heard of it the card is still there: it is not answered twice.
  expect(screen.getByRole("button", { name: /Đang nối máy/ })).toBeDisabled();
});

test("whom one speaks with stands first, and an offered call leaves no empty strip", async () => {
  const { d } = await atThePhone();
  rings(d);
  await screen.findByRole("button", { name: /Nghe máy/ });
  expect(screen.queryByRole("region", { name: "Cuộc gọi" })).toBeNull();
  await act(async () => {
    const first = talks(d)[0]?.id ?? "";
    await d.phone.answer(first);
    await d.phone.hold(first, true);
    d.phone.peerAnswers(await d.phone.call(minh.id));
  });
  const shown = within(await bar()).getAllByRole("button", { name: "Gác máy" });
  expect(shown).toHaveLength(2);
  expect((await bar()).textContent?.startsWith(minh.name)).toBe(true);
});

test("an offer whose phone does not ring yet cannot be answered", async () => {
  const { d, user } = await atThePhone();
  const offer = demoOffer(d.world, morning);
  act(() => {
    d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data: { offer } });
    d.clock.advance(100);
  });
  expect(await screen.findByRole("button", { name: /Đang nối máy/ })).toBeDisabled();
  await user.keyboard("{Enter}");
  act(() => void d.phone.ring({ peer: "x", interactionId: offer.interactionId }));
  expect(await screen.findByRole("button", { name: /Nghe máy/ })).toBeEnabled();
});

test("a call that rings at another window is said to ring there", async () => {
  const { d } = await atThePhone();
  const offer = { ...demoOffer(d.world, morning), madeAt: morning - 10_000 };
  act(() => {
    d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data: { offer } });
    d.clock.advance(100);
  });
  expect(await screen.findByText(/Đang đổ chuông ở cửa sổ hoặc máy khác/)).toBeVisible();
  act(() => d.phone.cut());
  expect(await screen.findByText(/Điện thoại ở cửa sổ này chưa kết nối/)).toBeVisible();
});

test("Escape declines it on the phone", async () => {
  const { d, user } = await atThePhone();
  rings(d);
  await screen.findByRole("button", { name: /Nghe máy/ });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(d.client.store.getState().calls.ended).toMatchObject({ cause: "declined" }));
  expect(d.socket.sent.map((s) => s.name)).not.toContain("offer.decline");
});

test("without a microphone it says so, goes on ringing, and is answered at the next try", async () => {
  const { d, user } = await atThePhone();
  d.phone.microphone = "denied";
  rings(d);
  await user.click(await screen.findByRole("button", { name: /Nghe máy/ }));
  expect(await screen.findByText(/Chưa được phép dùng micro/)).toBeVisible();
  expect(talks(d)).toMatchObject([{ phase: "ringing" }]);
  d.phone.microphone = "ready";
  await user.click(screen.getByRole("button", { name: /Nghe máy/ }));
  await waitFor(() => expect(talks(d)).toMatchObject([{ phase: "talking" }]));
  expect(screen.queryByText(/Chưa được phép dùng micro/)).toBeNull();
});

test("m mutes, h holds, the keys hang up; letters in a text are letters", async () => {
  const { d, user } = await talking();
  await bar();
  screen.getByRole("textbox", { name: "elsewhere" }).focus();
  await user.keyboard("mh");
  expect(talks(d)).toMatchObject([{ muted: false, onHold: false }]);
  act(() => screen.getByRole("textbox", { name: "elsewhere" }).blur());
  await user.keyboard("m");
  await waitFor(() => expect(talks(d)).toMatchObject([{ muted: true }]));
  expect(screen.getByRole("button", { name: "Bật tiếng" })).toHaveAttribute("aria-pressed", "true");
  await user.keyboard("h");
  await waitFor(() => expect(talks(d)).toMatchObject([{ onHold: true }]));
  expect(await screen.findByText("Đang giữ máy")).toBeVisible();
  await user.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
  await waitFor(() => expect(talks(d)).toEqual([]));
  expect(screen.queryByRole("region", { name: "Cuộc gọi" })).toBeNull();
});

test("digits are clicked or typed", async () => {
  const { d, user } = await talking();
  await user.click(await screen.findByRole("button", { name: "Bàn phím số" }));
  await user.click(await screen.findByRole("button", { name: "Phím 5" }));
  await user.keyboard("#");
  expect(d.phone.pressed).toEqual(["5", "#"]);
});

/** Lan talks, and the gateway has heard of it: the work is hers. */
async function talkingAtWork() {
  const all = await talking();
  const { d, offer } = all;
  const of = [...d.world.conversations.values()].find((c) => c.id === offer.conversationId);
  if (!of?.interaction) throw new Error("the offer has no work");
  const mine: Conversation = { ...of, interaction: { ...of.interaction, state: "active", ownerId: lan.id } };
  d.world.conversations.set(mine.id, mine);
  const call: Call = {
    id: offer.id,
    interactionId: offer.interactionId,
    conversationId: mine.id,
    accountId: offer.id,
    direction: "in",
    called: "19001234",
    state: "talking",
    legs: [],
    startedAt: morning,
    answeredAt: morning,
    endedAt: null,
    outcome: null,
    cause: null,
  };
  const step = { reasons: [], userId: lan.id, note: null, disposition: null, form: [] };
  act(() => {
    const at = { at: morning, actorId: null };
    d.socket.tell({ seq: 301, ...at, name: "call.changed", data: { call } });
    d.socket.tell({ seq: 302, ...at, name: "interaction.accepted", data: { conversation: mine, ...step } });
    d.clock.advance(100);
  });
  return all;
}
const openTransfer = async (user: Awaited<ReturnType<typeof talking>>["user"]) => {
  await user.click(await screen.findByRole("button", { name: "Chuyển máy" }));
  return screen.findByRole("dialog", { name: "Chuyển máy" });
};

test("handed on at once, with a word: only colleagues whose phone is open are proposed, who is free first", async () => {
  const { d, user } = await talkingAtWork();
  const dialog = await openTransfer(user);
  const names = within(dialog)
    .getAllByRole("radio")
    .map((row) => row.textContent);
  expect(names.slice(0, 2)).toEqual([expect.stringContaining(minh.name), expect.stringContaining(ha.name)]);
  expect(names.slice(2).every((name) => /rảnh|sẵn sàng/.test(name ?? ""))).toBe(true);
  await user.click(within(dialog).getByRole("radio", { name: new RegExp(minh.name) }));
  await user.type(within(dialog).getByRole("textbox", { name: /Lời nhắn/ }), "hỏi hoá đơn");
  await user.click(within(dialog).getByRole("button", { name: "Chuyển ngay" }));
  await waitFor(() =>
    expect(d.socket.sent.findLast((s) => s.name === "interaction.transfer")).toMatchObject({
      input: { to: { userId: minh.id }, note: "hỏi hoá đơn" },
    }),
  );
  expect(await screen.findByText(new RegExp(`Đã chuyển .*${minh.name}`))).toBeVisible();
});

test("asked first: the customer waits on hold, then the two are connected", async () => {
  const { d, user } = await talkingAtWork();
  const dialog = await openTransfer(user);
  await user.click(within(dialog).getByRole("radio", { name: new RegExp(ha.name) }));
  await user.click(screen.getByRole("button", { name: "Hỏi trước" }));
  await waitFor(() => expect(talks(d)).toMatchObject([{ onHold: true }, { phase: "dialling", peer: ha.id }]));
  const asked = talks(d)[1]?.id ?? "";
  act(() => d.phone.peerAnswers(asked));
  await user.click(await screen.findByRole("button", { name: /^Nối .* rồi rời cuộc gọi$/ }));
  await waitFor(() => expect(talks(d)).toEqual([]));
});

test("a queue is not asked first, and whoever cannot take it is named while the call stays as it was", async () => {
  const { d, user } = await talkingAtWork();
  const dialog = await openTransfer(user);
  await user.click(within(dialog).getByRole("radio", { name: /Chăm sóc khách hàng/ }));
  expect(within(dialog).getByRole("button", { name: "Hỏi trước" })).toBeDisabled();
  d.socket.fail("interaction.transfer", new AppError("conflict", "not there", { state: "busy" }));
  await user.click(within(dialog).getByRole("radio", { name: new RegExp(ha.name) }));
  await user.click(within(dialog).getByRole("button", { name: "Chuyển ngay" }));
  expect(await screen.findByText(`${ha.name} không nhận việc lúc này`)).toBeVisible();
  expect(talks(d)).toMatchObject([{ phase: "talking", isMoving: false }]);
});

test("a talk with a colleague, which is no customer's, is handed on to nobody", async () => {
  const { d } = await atThePhone();
  await act(async () => d.phone.peerAnswers(await d.phone.call(minh.id)));
  await bar();
  expect(screen.queryByRole("button", { name: "Chuyển máy" })).toBeNull();
});

test("a colleague who rings is answered here, and the customer goes on hold", async () => {
  const { d, user } = await talking();
  act(() => void d.phone.ring({ peer: minh.id }));
  expect(await screen.findByText(`${minh.name} đang gọi`)).toBeVisible();
  await user.click(within(await bar()).getByRole("button", { name: /Nghe máy/ }));
  await waitFor(() =>
    expect(talks(d)).toMatchObject([{ onHold: true }, { phase: "talking", onHold: false }]),
  );
});

test("a poor line is said in words, a good one only to who asks", async () => {
  const { d } = await talking();
  const id = talks(d)[0]?.id ?? "";
  const quality = { score: 4.3, roundTripMs: 40, jitterMs: 5, loss: 0, level: 0.2 };
  act(() => d.phone.sounds(id, quality));
  expect(screen.queryByText("Nghe kém")).toBeNull();
  expect(screen.getByRole("button", { name: "Nghe rõ: trễ 25 ms, mất 0%" })).toBeVisible();
  act(() => d.phone.sounds(id, { ...quality, score: 2, loss: 0.2 }));
  expect(screen.getByText("Nghe kém")).toBeVisible();
});

test("a call is handed on while it goes on, and not parked; what is over goes nowhere", async () => {
  const { d } = await atThePhone();
  const state = d.client.store.getState();
  const own = (change: "active" | "wrap_up") => {
    const of = conversation(7);
    return { ...of, interaction: interaction(of.id, { state: change, ownerId: lan.id }) };
  };
  expect(selectMayTransfer(state, own("active"))).toBe(true);
  expect(selectPark(state, own("active"))).toBeNull();
  expect(selectMayTransfer(state, own("wrap_up"))).toBe(false);
});

test("why a call did not come about is told; what one did oneself is not", async () => {
  const { d } = await talking();
  const id = talks(d)[0]?.id ?? "";
  act(() => d.phone.peerEnds(id, "connection_lost"));
  expect(await screen.findByText(/^Mất kết nối với/)).toBeVisible();
});
