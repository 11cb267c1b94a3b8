import { act, screen, waitFor } from "@testing-library/react";
import { AppError, type Team } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { event, id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const team: Team = {
  id: id(90),
  name: "Ca sáng",
  colour: null,
  memberIds: [lan.id],
  leadIds: [],
  version: 3,
};

async function editing(script: Script = {}) {
  const desk = await scripted(script, {
    hash: "#/settings/teams",
    snapshot: { permissions: ["people.manage"], users: [lan, minh], teams: [team], queues: [queueCare] },
  });
  const shown = show(desk, <Settings />);
  await shown.user.click(screen.getByRole("button", { name: "Sửa Ca sáng" }));
  const name = screen.getByLabelText(/^Tên đội/);
  await shown.user.clear(name);
  await shown.user.type(name, "Ca của tôi");
  const theirs = { ...team, name: "Ca của họ", memberIds: [lan.id, minh.id], version: 4 };
  const saved = () => desk.sent.findLast((s) => s.name === "team.save")?.input;
  const press = (label: string) => shown.user.click(screen.getByRole("button", { name: label }));
  return { ...desk, ...shown, theirs, saved, press };
}

const done = () => ({ team: { ...team, version: 5 } });

describe("a form whose thing somebody else saves meanwhile", () => {
  test("says what they changed, and cannot be saved before one has chosen", async () => {
    const { tell, theirs } = await editing();
    act(() => tell(event(9, "team.saved", { team: theirs })));
    const told = await screen.findByRole("alert");
    expect(told).toHaveTextContent("tên: Ca sáng → Ca của họ; người nhận việc: + Trần Quốc Minh");
    expect(screen.getByRole("button", { name: "Lưu" })).toBeDisabled();
  });

  test("is filled anew from theirs when one takes it", async () => {
    const { tell, theirs, saved, press } = await editing({ "team.save": done });
    act(() => tell(event(9, "team.saved", { team: theirs })));
    await press("Lấy bản của họ");
    expect(screen.getByLabelText(/^Tên đội/)).toHaveValue("Ca của họ");
    expect(screen.queryByRole("alert")).toBeNull();
    await press("Lưu");
    await waitFor(() =>
      expect(saved()).toMatchObject({ version: 4, name: "Ca của họ", memberIds: [lan.id, minh.id] }),
    );
  });

  test("keeps what was typed when one keeps one's own, and its save replaces theirs", async () => {
    const { tell, theirs, saved, press } = await editing({ "team.save": done });
    act(() => tell(event(9, "team.saved", { team: theirs })));
    await press("Giữ bản của tôi");
    await press("Lưu");
    await waitFor(() =>
      expect(saved()).toMatchObject({ version: 4, name: "Ca của tôi", memberIds: [lan.id] }),
    );
  });

  test("sends the version that it is based on, and says so when it is refused as too old", async () => {
    const { saved, press } = await editing({
      "team.save": () => {
        throw new AppError("conflict", "somebody else", { reason: "stale", version: 4 });
      },
    });
    await press("Lưu");
    expect(await screen.findByText(/^Ai đó vừa thay đổi nội dung này/)).toBeInTheDocument();
    expect(saved()).toMatchObject({ version: 3 });
    expect(screen.getByLabelText(/^Tên đội/)).toHaveValue("Ca của tôi");
  });

  test("says that it cannot be saved any more when they removed it", async () => {
    const { tell } = await editing();
    act(() => tell(event(9, "team.removed", { id: team.id })));
    expect(await screen.findByText(/^Người khác vừa xoá mục này/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Lưu" })).toBeDisabled();
  });
});
