import { screen, waitFor, within } from "@testing-library/react";
import { AppError, defaultWrapUpRules } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { ha, id, lan, minh, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { lastOf, openSettings } from "../../../../test/renderer/open-settings.tsx";

describe("settings", () => {
  test("show an agent nothing that is not theirs, also when it is asked for by its address", async () => {
    await openSettings("channels", {}, ["work", "agents.see", "canned_replies.manage"]);
    const places = within(screen.getByRole("navigation")).getAllByRole("button");
    expect(places.map((place) => place.textContent)).toEqual([
      "Giao diện",
      "Âm thanh và thông báo",
      "Chữ ký thư",
      "Phiên đăng nhập",
      "Mật khẩu",
      "Câu trả lời mẫu",
    ]);
    expect(screen.getByRole("heading", { name: "Giao diện" })).toBeInTheDocument();
  });

  test("theme and language take effect at once and are kept", async () => {
    const { user, client } = await openSettings("appearance");
    await user.click(screen.getByRole("radio", { name: "Tối" }));
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(client.store.getState().ui.preferences).toMatchObject({ theme: "dark", language: "en" });
    expect(client.storage.get("tongdai.preferences")).toContain('"dark"');
  });

  test("a wrong present password is told at its box, and what was typed stays", async () => {
    const { user } = await openSettings("password", {
      "password.change": () => {
        throw new AppError("bad_credentials", "wrong");
      },
    });
    await user.type(screen.getByLabelText("Mật khẩu hiện tại"), "sai");
    await user.type(screen.getByLabelText("Mật khẩu mới"), "mat-khau-moi{Enter}");
    await waitFor(() => expect(screen.getByLabelText("Mật khẩu hiện tại")).toBeInvalid());
    expect(screen.getByLabelText("Mật khẩu hiện tại")).toHaveAccessibleDescription(
      "Mật khẩu hiện tại không đúng",
    );
    expect(screen.getByLabelText("Mật khẩu mới")).toHaveValue("mat-khau-moi");
  });

  test("a session of another machine is ended after a question", async () => {
    const session = (n: number, current: boolean) => ({
      id: id(n),
      createdAt: morning,
      lastSeenAt: morning,
      expiresAt: morning,
      userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36",
      address: "10.0.0.7",
      current,
    });
    const { user, sent } = await openSettings("sessions", {
      "session.list": () => ({ sessions: [session(1, true), session(2, false)] }),
      "session.revoke": () => ({}),
    });
    await user.click(await screen.findByRole("button", { name: "Đăng xuất" }));
    const question = await screen.findByRole("alertdialog", { name: /Chrome trên Windows/ });
    await user.click(within(question).getByRole("button", { name: "Đăng xuất" }));
    await waitFor(() => expect(lastOf(sent, "session.revoke")).toEqual({ sessionId: id(2) }));
  });
});

describe("people and queues", () => {
  test("a person is made with a password that somebody can pass on", async () => {
    const { user, sent } = await openSettings("people", {
      "user.create": ({ username, name, roles }) => ({
        user: { id: id(9), username, name, roles, skills: {}, disabled: false, version: 1 },
      }),
    });
    await user.click(screen.getByRole("button", { name: "Thêm nhân viên" }));
    await user.type(screen.getByLabelText(/^Họ và tên/), "Vũ Thu");
    await user.type(screen.getByLabelText(/^Tên đăng nhập/), "Thu.Vu");
    await user.click(screen.getByRole("button", { name: "Tạo mật khẩu" }));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText("Vũ Thu")).toBeInTheDocument();
    const input = lastOf(sent, "user.create");
    expect(input).toMatchObject({ username: "thu.vu", roles: ["agent"] });
    expect(input).toHaveProperty("password", expect.stringMatching(/^[a-z2-9]{14}$/));
  });

  test("how much somebody takes at once is set where the roles take part in the work", async () => {
    const { user, sent } = await openSettings("people", {
      "user.create": () => ({ user: { ...lan, id: id(78), name: "Vũ Thu", username: "thu" } }),
    });
    await user.click(screen.getByRole("button", { name: "Thêm nhân viên" }));
    await user.type(screen.getByLabelText(/^Họ và tên/), "Vũ Thu");
    await user.type(screen.getByLabelText(/^Tên đăng nhập/), "thu");
    await user.click(screen.getByRole("button", { name: "Tạo mật khẩu" }));
    const chats = screen.getByLabelText(/^Hội thoại/);
    expect(chats).toHaveValue("3");
    await user.clear(chats);
    await user.type(chats, "51{Enter}");
    expect(await screen.findByText("Từ 0 đến 50")).toBeInTheDocument();
    await user.clear(chats);
    await user.type(chats, "5");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() => expect(lastOf(sent, "user.create")).toMatchObject({ limits: { chat: 5 } }));
  });

  test("the last administrator is told why they must stay one", async () => {
    const { user } = await openSettings("people", {
      "user.update": () => {
        throw new AppError("conflict", "last", { reason: "last_admin" });
      },
    });
    await user.click(screen.getByRole("option", { name: new RegExp(ha.name) }));
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText("Phải còn ít nhất một quản trị viên")).toBeInTheDocument();
  });

  test("a queue takes its members and times within limits", async () => {
    const { user, sent } = await openSettings("queues", { "queue.save": () => ({ queue: queueCare }) });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("checkbox", { name: ha.name }));
    await user.click(screen.getByRole("checkbox", { name: minh.name }));
    const offer = screen.getByLabelText("Thời gian mời nhận");
    await user.clear(offer);
    await user.type(offer, "2{Enter}");
    expect(await screen.findByText("Từ 5 đến 600 giây")).toBeInTheDocument();
    await user.clear(offer);
    await user.type(offer, "20");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf(sent, "queue.save")).toMatchObject({
        memberIds: [lan.id, ha.id],
        offerSeconds: 20,
        dispositions: queueCare.dispositions,
        wrapUp: defaultWrapUpRules,
      }),
    );
  });

  test("dispositions are drawn as a tree by keys alone, and the queue's questions beside them", async () => {
    const { user, sent } = await openSettings("queues", { "queue.save": () => ({ queue: queueCare }) });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("tab", { name: "Xử lý sau" }));
    const [first] = screen.getAllByRole("textbox", { name: "Kết quả, cấp 1" });
    await user.click(first as HTMLElement);
    // Below "Đã giải quyết": a group of two; "Spam" goes up and "Khiếu nại" into the group.
    await user.keyboard("{Enter}Đơn hàng{Enter}Giao chậm{Alt>}{ArrowRight}{/Alt}{Enter}Hỏng");
    const complaint = screen.getByDisplayValue("Khiếu nại");
    await user.click(complaint);
    await user.keyboard("{Alt>}{ArrowUp}{ArrowRight}{/Alt}");
    expect(screen.getByDisplayValue("Khiếu nại")).toHaveFocus();
    await user.click(screen.getByRole("checkbox", { name: /Giao chậm/ }));
    await user.click(screen.getByRole("button", { name: "Bỏ Spam" }));
    await user.click(screen.getByRole("switch", { name: "Bắt buộc chọn kết quả" }));
    await user.click(screen.getByRole("button", { name: "Thêm câu hỏi" }));
    await user.type(screen.getByRole("textbox", { name: "Câu hỏi 1" }), "Mã đơn");
    await user.click(screen.getByRole("checkbox", { name: "Bắt buộc" }));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf(sent, "queue.save")).toMatchObject({
        dispositions: [
          { name: "Đã giải quyết", resolved: true },
          {
            name: "Đơn hàng",
            children: [
              { name: "Giao chậm", resolved: false },
              { name: "Hỏng", resolved: true },
              { name: "Khiếu nại", resolved: false },
            ],
          },
          { name: "Hẹn gọi lại", resolved: false },
        ],
        wrapUp: {
          needsDisposition: false,
          form: [{ label: "Mã đơn", kind: "text", required: true, options: [] }],
        },
      }),
    );
  });

  test("two dispositions of one name in a group are told at the line, and nothing is sent", async () => {
    const { user, sent } = await openSettings("queues", { "queue.save": () => ({ queue: queueCare }) });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("tab", { name: "Xử lý sau" }));
    const box = screen.getByDisplayValue("Spam");
    await user.clear(box);
    await user.type(box, "Khiếu nại");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText(/Tên không trùng nhau/)).toBeInTheDocument();
    expect(box).toBeInvalid();
    expect(sent.some((s) => s.name === "queue.save")).toBe(false);
  });
});
