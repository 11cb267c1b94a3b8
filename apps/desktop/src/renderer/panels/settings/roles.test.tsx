import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError, builtInRoles, type Role } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { event, ha, id, lan, minh } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const lead: Role = { id: id(95), name: "Trưởng ca", permissions: ["work", "floor.see"], version: 2 };

async function open(script: Script = {}, section = "roles") {
  const desk = await scripted(script, {
    hash: `#/settings/${section}`,
    snapshot: {
      me: { ...ha, roles: ["admin"] },
      permissions: [...(builtInRoles.find((r) => r.id === "admin")?.permissions ?? [])],
      users: [lan, { ...minh, roles: [lead.id] }, { ...ha, roles: ["admin"] }],
      roles: [...builtInRoles, lead],
    },
  });
  return { ...desk, ...show(desk, <Settings />) };
}

const cell = (permission: RegExp, column: number) =>
  within(screen.getByRole("row", { name: permission })).getAllByRole("cell")[column];

describe("roles", () => {
  test("the matrix says in plain words what each role allows, and how many have it", async () => {
    await open();
    const heads = screen.getAllByRole("columnheader").map((head) => head.textContent);
    expect(heads.filter((text) => text?.endsWith("người"))).toEqual([
      "Tổng đài viên1 người",
      "Giám sát0 người",
      "Quản trị1 người",
      "Trưởng ca1 người",
    ]);
    const floor = /^Xem màn hình trực tiếp/;
    expect([0, 1, 2, 3].map((column) => cell(floor, column)?.textContent)).toEqual([
      "không",
      "có",
      "không",
      "có",
    ]);
    expect(screen.queryByRole("button", { name: "Sửa Quản trị" })).toBeNull();
  });

  test("a role is changed by its boxes, and the matrix follows", async () => {
    const { user, sent } = await open({
      "role.save": (input) => ({ role: { ...lead, permissions: input.permissions, version: 3 } }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa Trưởng ca" }));
    await user.click(screen.getByLabelText("Xem báo cáo"));
    expect(screen.getByRole("button", { name: "Xoá vai trò" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() => expect(cell(/^Xem báo cáo/, 3)).toHaveTextContent("có"));
    expect(sent.findLast((s) => s.name === "role.save")?.input).toEqual({
      id: lead.id,
      version: 2,
      name: "Trưởng ca",
      permissions: ["work", "floor.see", "reports.see"],
    });
  });

  test("a refusal by a guard is a sentence", async () => {
    const { user } = await open({
      "role.save": () => {
        throw new AppError("conflict", "no", { reason: "own_administration" });
      },
    });
    await user.click(screen.getByRole("button", { name: "Thêm vai trò" }));
    await user.type(screen.getByLabelText(/^Tên vai trò/), "Mới");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText(/^Không tự bỏ quyền quản trị/)).toBeInTheDocument();
  });

  test("who loses a right loses its section at once, and everything is read anew", async () => {
    const { tell, sent } = await open();
    const starts = () => sent.filter((s) => s.name === "sync.start").length;
    const before = starts();
    act(() => tell(event(9, "user.saved", { user: { ...ha, roles: [lead.id], version: 2 } })));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Vai trò" })).toBeNull());
    await waitFor(() => expect(starts()).toBe(before + 1));
    expect(sent.findLast((s) => s.name === "sync.start")?.input).toEqual({ lastSeq: null });
  });
});
