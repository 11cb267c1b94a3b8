import { act, screen, waitFor } from "@testing-library/react";
import { type AuditRow, changesBetween, defaultCapacity, type Queue } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { event, ha, id, lan, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

async function open(script: Script) {
  const desk = await scripted(script, {
    hash: "#/settings/audit",
    snapshot: { permissions: ["people.manage", "audit.read", "agents.see"] },
  });
  return { ...desk, ...show(desk, <Settings />) };
}

const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;

test("the audit is narrowed by what is asked for, and leads to what a row is about", async () => {
  const row: AuditRow = {
    id: id(900),
    at: morning,
    actorId: lan.id,
    action: "queue.saved",
    target: queueCare.id,
    targetName: null,
    address: "203.0.113.7",
    detail: {},
  };
  const { user, sent, client } = await open({ "audit.list": () => ({ rows: [row], next: null }) });
  await user.type(await screen.findByRole("searchbox"), "chăm");
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({ text: "chăm" }));
  await user.click(screen.getByRole("button", { name: `Chỉ xem về ${queueCare.name}` }));
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({ text: "chăm", target: queueCare.id }));
  await user.click(screen.getByRole("button", { name: "Bỏ lọc" }));
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({}));
  await user.click(screen.getByRole("button", { name: queueCare.name }));
  expect(client.store.getState().ui.route).toEqual({ name: "settings", section: "queues" });
});

describe("the audit log", () => {
  const row = (n: number, change: Partial<AuditRow> = {}): AuditRow => ({
    id: id(n),
    at: morning - n,
    actorId: ha.id,
    action: "user.updated",
    target: lan.id,
    targetName: null,
    address: "203.0.113.7",
    detail: { roles: [["agent"], ["agent", "supervisor"]], password: "set" },
    ...change,
  });

  test("tells whose number was seen, and settings of a channel in words", async () => {
    await open({
      "audit.list": () => ({
        rows: [
          row(1, { action: "customer.revealed", target: id(900), targetName: "Trang Phạm", detail: {} }),
          row(2, {
            action: "channel_account.saved",
            target: id(901),
            targetName: "Cửa hàng",
            detail: { fields: ["appId", "pageToken"] },
          }),
        ],
        next: null,
      }),
    });
    const seen = await screen.findByText("Trang Phạm");
    expect(seen.closest("tr")).toHaveTextContent(/Lê Thu HàXem số chưa che/);
    expect(screen.getByText("đã điền: ID ứng dụng, Mã truy cập trang")).toBeVisible();
  });

  test("tells field by field what a save has changed", async () => {
    const billing = { id: id(501), name: "Hoá đơn", version: 1 };
    const { rules } = queueCare;
    const changed: Queue = {
      ...queueCare,
      version: 2,
      dispositions: [...queueCare.dispositions, { name: "Trả hàng", resolved: false }],
      rules: {
        ...rules,
        strategy: "most_skilled",
        lastAgentMs: rules.lastAgentMs + 60_000,
        rings: [...rules.rings, { afterMs: 60_000, needs: [{ skillId: billing.id, level: 3 }], prefers: [] }],
        priority: { ...rules.priority, byTag: { ...rules.priority.byTag, VIP2: 40 } },
      },
    };
    const { tell } = await open({
      "audit.list": () => ({
        rows: [
          row(1, { detail: { skills: [{}, { [billing.id]: 4 }] } }),
          row(2, {
            action: "queue.saved",
            target: queueCare.id,
            detail: { name: queueCare.name, created: false, changes: changesBetween(queueCare, changed) },
          }),
          row(3, {
            action: "capacity.saved",
            target: "capacity",
            detail: { changes: changesBetween(defaultCapacity, { idleChat: 0.5, interrupts: [] }) },
          }),
          row(5, {
            action: "thresholds.saved",
            target: queueCare.id,
            detail: { changes: [{ path: ["waiting", "warn"], was: null, is: 3 }] },
          }),
          row(6, {
            action: "hours.saved",
            target: id(902),
            detail: {
              name: "Cả tuần",
              changes: [{ path: ["weekly", "5"], was: [], is: [[480, 720]] }],
            },
          }),
          row(4, { action: "skill.saved", target: billing.id, detail: { name: ["Hóa đơn", "Hoá đơn"] } }),
        ],
        next: null,
      }),
    });
    act(() => tell(event(9, "skill.saved", { skill: billing })));
    expect(await screen.findByText("kỹ năng: → Hoá đơn 4")).toBeVisible();
    for (const told of [
      "Trong những người phù hợp, mời ai trước: Rảnh lâu nhất → Giỏi nhất; Ưu tiên, Theo thẻ của khách, VIP2: – → 40; Các vòng tìm người: + Từ lúc chờ 01:00: Hoá đơn 3; Giữ cho người quen, Người vừa tiếp khách này: 00:30 → 01:30; kết quả: + Trả hàng (chưa xong)",
      "hội thoại chờ khách tính: 1 → 0.5; chen việc: − cuộc gọi chen vào e-mail",
      "Số đang chờ, từ (Cảnh báo): – → 3",
      "tên: Cả tuần; Thứ Bảy: Đóng → 08:00-12:00",
    ])
      expect(screen.getByText(told)).toBeVisible();
    expect(screen.getByText("tên: Hóa đơn → Hoá đơn")).toBeVisible();
  });

  test("tells who did what to whom in words, page by page", async () => {
    await open({
      "audit.list": ({ cursor }) =>
        cursor === "more"
          ? { rows: [row(2, { action: "thing.unknown", target: id(999), detail: {} })], next: null }
          : { rows: [row(1)], next: "more" },
    });
    const first = await screen.findByText(
      "vai trò: Tổng đài viên → Tổng đài viên, Giám sát; mật khẩu mới: Có",
    );
    expect(first.closest("tr")).toHaveTextContent(/Lê Thu HàSửa nhân viên.*203\.0\.113\.7$/);
    expect(await screen.findByText("thing.unknown")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Xem cũ hơn" })).toBeNull();
  });
});
