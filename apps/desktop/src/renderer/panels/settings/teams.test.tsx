import { screen, waitFor, within } from "@testing-library/react";
import type { CommandParsed, Queue, Team, User } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Toaster } from "../../ui/toast.tsx";
import Settings from "./settings.tsx";

const morningTeam: Team = {
  id: id(90),
  name: "Ca sáng",
  colour: 2,
  memberIds: [lan.id],
  leadIds: [minh.id],
  version: 3,
};
const queue: Queue = { ...queueCare, teamIds: [morningTeam.id], namedIds: [minh.id] };

async function open(section: string, script: Script = {}, users: User[] = [lan, minh]) {
  const desk = await scripted(script, {
    hash: `#/settings/${section}`,
    snapshot: { permissions: ["people.manage"], users, teams: [morningTeam], queues: [queue] },
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

const saved = ({ id: known, ...rest }: CommandParsed<"team.save">) => ({
  team: { ...rest, id: known ?? id(91), version: 4 },
});

describe("teams", () => {
  test("the list says who is in it, who leads it and which queues it serves", async () => {
    await open("teams");
    expect(screen.getByText("Ca sáng")).toBeInTheDocument();
    expect(screen.getByText(`đội trưởng ${minh.name}`)).toBeInTheDocument();
    expect(screen.getByText(`1 người: ${lan.name}`)).toBeInTheDocument();
    expect(screen.getByText(`nhận việc của ${queue.name}`)).toBeInTheDocument();
  });

  test("a team is made by name, colour, members and leads", async () => {
    const { user, lastOf } = await open("teams", { "team.save": saved });
    await user.click(screen.getByRole("button", { name: "Thêm đội" }));
    await user.click(screen.getByLabelText(/^Tên đội/));
    await user.paste("Ca tối");
    await user.click(screen.getByRole("radio", { name: "Màu 3" }));
    await user.click(within(screen.getByRole("group", { name: /^Thành viên/ })).getByLabelText(lan.name));
    await user.click(within(screen.getByRole("group", { name: /^Đội trưởng/ })).getByLabelText(minh.name));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf("team.save")).toMatchObject({
        id: null,
        name: "Ca tối",
        colour: 3,
        memberIds: [lan.id],
        leadIds: [minh.id],
      }),
    );
    expect(await screen.findByText("Ca tối")).toBeInTheDocument();
  });

  test("before a team goes it is told which queues its people leave", async () => {
    const { user, lastOf } = await open("teams", { "team.remove": () => ({}) });
    await user.click(screen.getByRole("button", { name: "Gỡ Ca sáng" }));
    expect(screen.getByText(new RegExp(`sẽ rời ${queue.name}`))).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Gỡ" }));
    await waitFor(() => expect(lastOf("team.remove")).toEqual({ id: morningTeam.id }));
    expect(await screen.findByText("Chưa có đội nào")).toBeInTheDocument();
  });

  test("a queue's form keeps those named themselves apart from its teams", async () => {
    const { user, lastOf } = await open("queues", { "queue.save": () => ({ queue }) });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByLabelText("Ca sáng (1)"));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() => expect(lastOf("queue.save")).toMatchObject({ memberIds: [minh.id], teamIds: [] }));
  });

  test("of very many people only some are shown, those chosen first, and a name finds the others", async () => {
    const many = Array.from(
      { length: 300 },
      (_, n): User => ({ ...lan, id: id(1_000 + n), name: `An ${n}` }),
    );
    const { user } = await open("teams", {}, [...many, lan, minh]);
    await user.click(screen.getByRole("button", { name: "Sửa Ca sáng" }));
    const members = within(screen.getByRole("group", { name: /^Thành viên/ }));
    expect(members.getAllByRole("checkbox")).toHaveLength(60);
    expect(members.getAllByRole("checkbox")[0]).toBe(members.getByLabelText(lan.name));
    expect(members.getByText("Còn 242 người nữa: gõ tên để tìm")).toBeInTheDocument();
    await user.click(members.getByRole("textbox"));
    await user.paste("an 287");
    expect(members.getByLabelText("An 287")).toBeInTheDocument();
  });
});
