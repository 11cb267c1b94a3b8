import { screen, waitFor, within } from "@testing-library/react";
import { AppError, defaultWrapUpRules } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { ha, id, lan, minh, morning, page, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { Toaster } from "../../ui/toast.tsx";
import Settings from "./settings.tsx";

const adminRights = ["agents.see", "channels.manage", "people.manage", "audit.read"];
const troubled = {
  ...page,
  health: { state: "login_needed", since: morning, lastInboundAt: null, lastError: "Error validating token" },
} as const;

const nothing = {
  accountId: page.id,
  lastInboundAt: null,
  toSend: 0,
  dueSince: null,
  failed: 0,
  unknown: 0,
  facts: [],
  factsAt: null,
  quarantined: null,
};

async function open(section: string, script: Script = {}, permissions = adminRights) {
  const quiet: Script = { "channel_account.backlog": () => ({ accounts: [] }) };
  const desk = await scripted(
    { ...quiet, ...script },
    {
      hash: `#/settings/${section}`,
      snapshot: { permissions, accounts: [troubled] },
    },
  );
  const page = (
    <>
      <Settings />
      <Toaster />
    </>
  );
  return { ...desk, ...show(desk, page) };
}

const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;

describe("settings", () => {
  test("show an agent nothing that is not theirs, also when it is asked for by its address", async () => {
    await open("channels", {}, ["work", "agents.see", "canned_replies.manage"]);
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
    const { user, client } = await open("appearance");
    await user.click(screen.getByRole("radio", { name: "Tối" }));
    await user.click(screen.getByRole("radio", { name: "English" }));
    expect(client.store.getState().ui.preferences).toMatchObject({ theme: "dark", language: "en" });
    expect(client.storage.get("tongdai.preferences")).toContain('"dark"');
  });

  test("a wrong present password is told at its box, and what was typed stays", async () => {
    const { user } = await open("password", {
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
    const { user, sent } = await open("sessions", {
      "session.list": () => ({ sessions: [session(1, true), session(2, false)] }),
      "session.revoke": () => ({}),
    });
    await user.click(await screen.findByRole("button", { name: "Đăng xuất" }));
    const question = await screen.findByRole("alertdialog", { name: /Chrome trên Windows/ });
    await user.click(within(question).getByRole("button", { name: "Đăng xuất" }));
    await waitFor(() => expect(lastOf(sent, "session.revoke")).toEqual({ sessionId: id(2) }));
  });
});

describe("channels", () => {
  test("one in trouble says what happened and what to do", async () => {
    await open("channels");
    const card = screen;
    expect(card.getByText("Cần kết nối lại")).toBeInTheDocument();
    expect(card.getByText("Error validating token")).toBeInTheDocument();
    expect(card.getByText(/Lấy mã mới cho trang ở Meta/)).toBeInTheDocument();
  });

  test("when something last came in is asked with the page and after a check: no news tells it", async () => {
    const accounts = (lastInboundAt: number) => ({ accounts: [{ ...nothing, lastInboundAt }] });
    const { user, answer } = await open("channels", {
      "channel_account.backlog": () => accounts(morning),
      "channel_account.check": () => ({ account: troubled }),
    });
    const line = async (at: number) =>
      waitFor(() =>
        expect(screen.getByText("Tin đến gần nhất").nextSibling).toHaveTextContent(formatDateTime(at)),
      );
    await line(morning);
    answer({ "channel_account.backlog": () => accounts(morning + 3_600_000) });
    await user.click(screen.getByRole("button", { name: "Kiểm tra ngay" }));
    await line(morning + 3_600_000);
  });

  test("what came and could not be taken in is told at its account, with what to do", async () => {
    const accounts = [{ ...nothing, facts: [], factsAt: null, quarantined: { count: 3, newestAt: morning } }];
    await open("channels", { "channel_account.backlog": () => ({ accounts }) });
    expect(await screen.findByText(/3 lần gửi qua webhook này/)).toHaveTextContent(formatDateTime(morning));
    expect(screen.getByText(/“delivery quarantined”/)).toBeInTheDocument();
  });

  test("what did not arrive is listed, and what failed of it is sent again", async () => {
    const lost = (n: number, state: "failed" | "unknown") => ({
      messageId: id(n),
      conversationId: id(n + 10),
      accountId: page.id,
      customerName: `Khách ${n}`,
      authorId: lan.id,
      state,
      error: { code: "temporary", detail: "HTTP 500" } as const,
      at: morning,
    });
    const { user, sent } = await open("channels", {
      "channel_account.backlog": () => ({
        accounts: [{ ...nothing, toSend: 4, dueSince: morning, failed: 2, unknown: 1 }],
      }),
      "message.failures": () => ({
        failures: [lost(1, "failed"), lost(2, "unknown"), lost(3, "failed")],
        next: null,
      }),
      "message.resend": () => ({ resent: [id(1)], hopeless: [{ messageId: id(3), code: "opted_out" }] }),
    });
    expect(await screen.findByText(/^4 tin/)).toBeInTheDocument();
    expect(screen.getByText("2 tin lỗi · 1 tin chưa rõ")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Xem" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("Khách 2")).toBeInTheDocument();
    expect(within(dialog).queryByRole("button", { name: "Gửi lại cho Khách 2" })).toBeNull();
    // Whoever takes no part in the work has no inbox to open it in.
    expect(within(dialog).queryByRole("button", { name: /^Mở cuộc trò chuyện/ })).toBeNull();
    await user.click(within(dialog).getByRole("button", { name: "Gửi lại 2 tin" }));
    await waitFor(() =>
      expect(lastOf(sent, "message.resend")).toEqual({ accountId: page.id, messageIds: [id(1), id(3)] }),
    );
    expect(await screen.findByText(/^1 tin không gửi lại: .*từ chối/)).toBeVisible();
  });

  test("is tried by writing to it and answering oneself, and says what became of the answer", async () => {
    const heard = { conversationId: id(7), customerName: "Quản trị", at: morning };
    const { user, sent, answer, clock } = await open("channels", {
      "trial.look": () => ({ heard: null, answer: null }),
      "trial.answer": () => ({ messageId: id(8) }),
    });
    await user.click(screen.getByRole("button", { name: "Thử" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "Gửi" })).toBeDisabled();
    expect(within(dialog).getByText("Đang đợi tin của bạn…")).toBeInTheDocument();
    answer({
      "trial.look": ({ messageId }) => ({ heard, answer: messageId ? { state: "sent", error: null } : null }),
    });
    await waitFor(() => expect(lastOf(sent, "trial.look")).toBeDefined());
    clock.advance(2_000);
    expect(await within(dialog).findByText(/Đã nhận tin từ Quản trị/)).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Gửi" }));
    expect(await within(dialog).findByText(/^Đã gửi/)).toBeInTheDocument();
    expect(lastOf(sent, "trial.answer")).toMatchObject({
      accountId: page.id,
      conversationId: id(7),
      text: "Đây là tin thử. Kênh chạy tốt.",
    });
  });

  test("a check resumes it", async () => {
    const { user } = await open("channels", {
      "channel_account.check": () => ({ account: { ...page, health: { ...page.health, state: "ok" } } }),
    });
    await user.click(screen.getByRole("button", { name: "Kiểm tra ngay" }));
    expect(await screen.findByText("Bình thường")).toBeInTheDocument();
  });

  test("an edit sends only the secrets that were typed, and shows none", async () => {
    const { user, sent } = await open("channels", {
      "channel_account.save": () => ({ account: page }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    expect(screen.getByLabelText(/^Khoá bí mật/)).toHaveValue("");
    await user.type(screen.getByLabelText(/^Mã truy cập trang/), "EAAB");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf(sent, "channel_account.save")).toMatchObject({
        id: page.id,
        config: { pageToken: "EAAB" },
      }),
    );
  });

  test("the whole address and the word of a connected page are there to be copied", async () => {
    const verifyToken = "sen-viet-2026";
    const { user } = await open("channels", {
      "channel_account.setup": () => ({
        publicUrl: "https://desk.example.com",
        webhook: { path: "/webhooks/facebook/4242", verifyToken },
        values: { appId: "4242" },
      }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    expect(await screen.findByText("https://desk.example.com/webhooks/facebook/4242")).toBeVisible();
    expect(screen.getByText(verifyToken)).toBeVisible();
    expect(screen.getByLabelText(/^ID ứng dụng/)).toHaveValue("4242");
    await user.click(screen.getByRole("button", { name: /^Sao chép: Địa chỉ webhook/ }));
    expect(await navigator.clipboard.readText()).toBe("https://desk.example.com/webhooks/facebook/4242");
    await user.click(screen.getByRole("button", { name: "Sao chép: Mã xác minh webhook" }));
    expect(await navigator.clipboard.readText()).toBe(verifyToken);
  });

  test("where nobody has said how Meta reaches us, it says what to set, and half an address is not copied", async () => {
    const { user } = await open("channels", {
      "channel_account.setup": () => ({
        publicUrl: null,
        webhook: { path: "/webhooks/facebook/4242", verifyToken: "x" },
        values: {},
      }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    expect(await screen.findByText(/TONGDAI_PUBLIC_URL/)).toBeVisible();
    expect(screen.getByText("https://…/webhooks/facebook/4242")).toBeVisible();
    expect(screen.getByRole("button", { name: /^Sao chép: Địa chỉ webhook/ })).toBeDisabled();
  });

  test("a new page shows the address to paste, and a refused field says so at the field", async () => {
    const { user } = await open("channels", {
      "channel_account.save": () => {
        throw new AppError("invalid_input", "check appId", { fields: { appId: "digits" } });
      },
    });
    await user.click(screen.getByRole("button", { name: "Kết nối" }));
    await user.click(await screen.findByRole("menuitem", { name: /Kết nối trang Facebook/ }));
    await user.type(screen.getByLabelText(/^Tên gọi/), "Trang mới");
    await user.type(screen.getByLabelText(/^ID trang/), "2000000000000009");
    await user.type(screen.getByLabelText(/^ID ứng dụng/), "4242");
    expect(await screen.findByText(/\/webhooks\/facebook\/4242$/)).toBeInTheDocument();
    await user.type(screen.getByLabelText(/^Khoá bí mật/), "abc");
    await user.type(screen.getByLabelText(/^Mã truy cập trang/), "EAAB{Enter}");
    await waitFor(() => expect(screen.getByLabelText(/^ID ứng dụng/)).toBeInvalid());
    expect(screen.getByLabelText(/^Mã truy cập trang/)).toHaveValue("EAAB");
  });
});

describe("people and queues", () => {
  test("a person is made with a password that somebody can pass on", async () => {
    const { user, sent } = await open("people", {
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
    const { user, sent } = await open("people", {
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
    const { user } = await open("people", {
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
    const { user, sent } = await open("queues", { "queue.save": () => ({ queue: queueCare }) });
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
    const { user, sent } = await open("queues", { "queue.save": () => ({ queue: queueCare }) });
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
    const { user, sent } = await open("queues", { "queue.save": () => ({ queue: queueCare }) });
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
