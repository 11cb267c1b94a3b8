import { screen, waitFor, within } from "@testing-library/react";
import { builtInRoles, type Team, type User } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { agent, carries, ha, id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Toaster } from "../../ui/toast.tsx";
import Settings from "./settings.tsx";

const team: Team = { id: id(90), name: "Ca sáng", colour: 1, memberIds: [lan.id], leadIds: [], version: 1 };
const queue = { ...queueCare, memberIds: [lan.id, minh.id], namedIds: [minh.id], teamIds: [team.id] };

async function open(script: Script = {}, others: User[] = []) {
  const desk = await scripted(script, {
    hash: "#/settings/people",
    snapshot: {
      me: { ...ha, roles: ["admin"] },
      permissions: [...(builtInRoles.find((r) => r.id === "admin")?.permissions ?? [])],
      users: [lan, { ...minh, disabled: true }, { ...ha, roles: ["admin"] }, ...others],
      agents: [agent(lan, { carries: carries(3) })],
      teams: [team],
      queues: [queue],
    },
  });
  const lastOf = (name: string) => desk.sent.findLast((s) => s.name === name)?.input;
  return {
    ...desk,
    lastOf,
    ...show(
      desk,
      <>
        <Settings />
        <Toaster />
      </>,
    ),
  };
}

const names = () =>
  within(screen.getByRole("listbox", { name: "Nhân viên" }))
    .getAllByRole("option")
    .map((row) => row.textContent);
const choose = async (user: { click(e: Element): Promise<void> }, list: string, option: string) => {
  await user.click(screen.getByRole("combobox", { name: list }));
  await user.click(await screen.findByRole("option", { name: option }));
};

const edit = async (user: { click(e: Element): Promise<void> }) => {
  await user.click(screen.getByRole("option", { name: new RegExp(lan.name) }));
  await user.click(screen.getByRole("button", { name: "Sửa" }));
};

describe("people", () => {
  test("are filtered by team", async () => {
    const { user } = await open();
    expect(names()).toHaveLength(3);
    await choose(user, "Lọc theo đội", "Ca sáng");
    expect(names()).toEqual([expect.stringContaining(lan.name)]);
  });

  test("are filtered by state", async () => {
    const { user } = await open();
    await choose(user, "Lọc theo tình trạng", "Đã khoá");
    expect(names()).toEqual([expect.stringContaining(minh.name)]);
  });

  test("are opened by key", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("option", { name: new RegExp(ha.name) }));
    await user.keyboard("k{Enter}");
    expect(await screen.findByRole("dialog")).toHaveAccessibleName(/^Sửa /);
  });

  test("of many hundreds only those in sight are drawn", async () => {
    const many = Array.from(
      { length: 800 },
      (_, n): User => ({ ...lan, id: id(2_000 + n), name: `An ${n}` }),
    );
    const { user } = await open({}, many);
    expect(names().length).toBeLessThan(60);
    await user.click(screen.getByRole("textbox", { name: "Tìm nhân viên" }));
    await user.paste("an 799");
    await waitFor(() => expect(names()).toEqual([expect.stringContaining("An 799")]));
  });

  test("a person's teams and queues are given in the form; what comes with a team is told", async () => {
    const { user, lastOf } = await open({ "user.update": () => ({ user: lan }) });
    await edit(user);
    expect(screen.getByLabelText("Ca sáng (1)")).toBeChecked();
    const care = screen.getByLabelText(queue.name);
    expect(care).not.toBeChecked();
    expect(care).toHaveAccessibleDescription("đã có theo đội");
    await user.click(care);
    await user.click(screen.getByLabelText("Ca sáng (1)"));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf("user.update")).toMatchObject({ queueIds: [queue.id], teamIds: [], version: 1 }),
    );
  });

  test("before somebody is disabled it is told what becomes of the work in hand", async () => {
    const { user } = await open();
    await edit(user);
    await user.click(screen.getByRole("switch", { name: "Được đăng nhập" }));
    expect(screen.getByText(/^3 việc đang giữ sẽ về hàng chờ/)).toBeInTheDocument();
  });

  test("somebody is signed out everywhere by one press", async () => {
    const { user, lastOf } = await open({ "user.sign_out": () => ({}) });
    await edit(user);
    await user.click(screen.getByRole("button", { name: "Đăng xuất mọi nơi" }));
    await waitFor(() => expect(lastOf("user.sign_out")).toEqual({ userId: lan.id }));
    expect(await screen.findByText(`Đã đăng xuất ${lan.name} khỏi mọi máy`)).toBeInTheDocument();
  });
});
