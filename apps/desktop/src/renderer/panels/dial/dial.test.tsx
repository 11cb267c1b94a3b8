import { act, screen, waitFor } from "@testing-library/react";
import { AppError, type CommandInput, type CommandOutput } from "@tongdai/shared";
import { expect, test } from "vitest";
import { agent, conversation, facebook, id, lan, morning } from "../../../../test/renderer/builders.ts";
import { type Desk, desk, settle } from "../../../../test/renderer/desk.ts";
import { demoWorld } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { clickToCall, takeNumber } from "../../actions/dial.ts";
import { openDialog } from "../../actions/navigate.ts";
import { openLink } from "../open-link.ts";
import DialPadDialog from "./dial-pad.tsx";

type Asked = CommandInput<"call.dial">;

const pad: CommandOutput<"call.pad"> = {
  callers: [],
  recent: [
    {
      conversationId: id(7_001),
      identityId: id(7_002),
      name: "Trần Minh",
      number: "0908 *** 222",
      at: morning,
    },
  ],
  left: 12,
};

/** Lan with a phone, who may call out; the gateway answers what the test says. */
async function atThePad(answer: (asked: Asked) => void = () => undefined) {
  const world = demoWorld(morning);
  const channels = world.snapshot.channels.map((c) => ({
    ...c,
    capabilities: { ...c.capabilities, calls: true as const, address: "phone" as const },
  }));
  const permissions = [...world.snapshot.permissions, "calls.begin"];
  world.snapshot = { ...world.snapshot, channels, permissions, agents: [agent(lan)] };
  world.phone = {
    server: "/sip",
    address: "sip:lan@tongdai.test",
    name: "1:lan:s",
    password: "p",
    expiresAt: morning + 3_600_000,
  };
  const asked: Asked[] = [];
  world.dial = (input) => {
    asked.push(input);
    answer(input);
    return { address: "out-1", interactionId: id(7_003), conversation: conversation(1) };
  };
  world.pad = pad;
  const d = await desk({ world });
  await act(settle);
  const page = show(d, <DialPadDialog />);
  return { ...page, d, asked };
}
const talks = (d: Desk) => d.client.store.getState().calls.talks;
const open = (d: Desk) => act(() => openDialog(d.client, { kind: "dial", to: null, refused: null }));

test("a number is recognised while it is typed, as it was written before 2018 too, and Enter calls it", async () => {
  const { d, user, asked } = await atThePad();
  open(d);
  await user.type(await screen.findByRole("combobox", { name: /Gọi cho/ }), "0163 234 5678");
  expect(await screen.findByRole("option", { name: /0332 345 678/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toMatchObject([{ to: { number: "+84332345678" }, purpose: "service" }]));
  await waitFor(() =>
    expect(talks(d)).toMatchObject([{ phase: "dialling", interactionId: id(7_003), peer: "+84332345678" }]),
  );
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("who was called last is there before anything is typed, and is called by the keys alone", async () => {
  const { d, user, asked } = await atThePad();
  open(d);
  expect(await screen.findByRole("option", { name: /Trần Minh.*0908 \*\*\* 222/ })).toBeVisible();
  expect(screen.getByText("Hôm nay còn 12 cuộc")).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toMatchObject([{ to: { identityId: id(7_002) } }]));
});

test("the digits are pressed with the mouse, and what is no number cannot be called", async () => {
  const { d, user } = await atThePad();
  open(d);
  await screen.findByRole("option", { name: /Trần Minh/ });
  for (const key of ["0", "9", "0"]) await user.click(screen.getByRole("button", { name: `Phím ${key}` }));
  expect(screen.getByRole("combobox", { name: /Gọi cho/ })).toHaveValue("090");
  expect(screen.getByRole("button", { name: "Gọi" })).toBeDisabled();
  expect(screen.getByText(/Không thấy khách nào/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Xoá một chữ số" }));
  expect(screen.getByRole("combobox", { name: /Gọi cho/ })).toHaveValue("09");
});

test("a refusal says what to do, and keeps what was typed", async () => {
  const { d, user } = await atThePad(() => {
    throw new AppError("call_refused", "no", { obstacle: "agent_limit", limit: 200, until: morning });
  });
  open(d);
  await user.type(await screen.findByRole("combobox", { name: /Gọi cho/ }), "0909123456{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent(/đủ 200 cuộc hôm nay. Gọi lại được từ/);
  expect(screen.getByRole("combobox", { name: /Gọi cho/ })).toHaveValue("0909123456");
  expect(talks(d)).toEqual([]);
});

test("an emergency number is called by its three digits, with a word about the place", async () => {
  const { d, user, asked } = await atThePad();
  open(d);
  await user.type(await screen.findByRole("combobox", { name: /Gọi cho/ }), "115");
  expect(await screen.findByText(/không báo vị trí của bạn/)).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(asked).toMatchObject([{ to: { number: "115" } }]));
});

test("one click calls; refused, the pad opens and says why", async () => {
  let refuses = false;
  const { d } = await atThePad(() => {
    if (refuses) throw new AppError("call_refused", "no", { obstacle: "country" });
  });
  const to = { identityId: id(7_002), shown: "0908 *** 222" };
  await act(() => clickToCall(d.client, to));
  expect(talks(d)).toMatchObject([{ phase: "dialling", peer: "0908 *** 222" }]);
  expect(screen.queryByRole("dialog")).toBeNull();
  refuses = true;
  await act(() => clickToCall(d.client, to));
  expect(await screen.findByRole("alert")).toHaveTextContent(/Không được gọi nước này/);
});

test("a number in a message or of another program stands in the pad and is called by nobody but the person", async () => {
  const { d, asked } = await atThePad();
  act(() => openLink(d.client, "tel:+84909123456"));
  expect(await screen.findByRole("combobox", { name: /Gọi cho/ })).toHaveValue("0909 123 456");
  act(() => takeNumber(d.client, "113"));
  expect(asked).toEqual([]);
});

test("a second call puts the first one on hold", async () => {
  const { d } = await atThePad();
  const to = { number: "+84909123456" };
  await act(() => clickToCall(d.client, to));
  act(() => d.phone.peerAnswers(talks(d)[0]?.id ?? ""));
  await act(() => clickToCall(d.client, to));
  expect(talks(d)).toMatchObject([{ phase: "talking", onHold: true }, { phase: "dialling" }]);
});

test("who manages the rules goes from the refusal to them, anybody else is told whom to ask", async () => {
  const { d, user } = await atThePad(() => {
    throw new AppError("call_refused", "no", { obstacle: "country" });
  });
  const press = async () => {
    open(d);
    await user.type(await screen.findByRole("combobox", { name: /Gọi cho/ }), "0909123456{Enter}");
    await screen.findByRole("alert");
  };
  await press();
  expect(screen.queryByRole("button", { name: "Gọi ra" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Huỷ" }));
  act(() =>
    d.client.update((s) => ({
      ...s,
      session: { ...s.session, permissions: [...s.session.permissions, "channels.manage"] },
    })),
  );
  await press();
  await user.click(screen.getByRole("button", { name: "Gọi ra" }));
  expect(d.client.store.getState().ui).toMatchObject({
    dialog: null,
    route: { name: "settings", section: "outbound" },
  });
});

test("whoever has a number is found behind many of the same name who have none", async () => {
  const { d, user } = await atThePad();
  d.world.conversations.clear();
  for (const n of [1, 2, 3, 4, 5, 6, 7])
    d.world.conversations.set(
      id(n),
      conversation(n, { customerName: `Ngọc ${n}`, channel: n === 7 ? "voice" : "facebook" }),
    );
  const withAddress = (address: "phone" | null) => ({
    ...facebook,
    capabilities: { ...facebook.capabilities, address },
  });
  const channels = { facebook: withAddress(null), voice: { ...withAddress("phone"), id: "voice" as const } };
  act(() => d.client.update((s) => ({ ...s, people: { ...s.people, channels } })));
  open(d);
  await user.type(await screen.findByRole("combobox", { name: /Gọi cho/ }), "Ngọc");
  act(() => d.clock.advance(200));
  expect(await screen.findByRole("option", { name: /Ngọc 7/ })).toBeVisible();
  expect(screen.getAllByRole("option")).toHaveLength(1);
});
