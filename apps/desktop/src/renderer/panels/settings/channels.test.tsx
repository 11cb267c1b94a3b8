import { act, screen, waitFor, within } from "@testing-library/react";
import { type AccountField, AppError } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { event, facebook, id, lan, morning, page, queueCare } from "../../../../test/renderer/builders.ts";
import { lastOf, openSettings, troubled } from "../../../../test/renderer/open-settings.tsx";
import { formatDateTime } from "../../ui/format.ts";

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

describe("channels", () => {
  test("one in trouble says what happened and what to do", async () => {
    await openSettings("channels");
    const card = screen;
    expect(card.getByText("Cần kết nối lại")).toBeInTheDocument();
    expect(card.getByText("Error validating token")).toBeInTheDocument();
    expect(card.getByText(/Lấy mã mới cho trang ở Meta/)).toBeInTheDocument();
  });

  test("when something last came in is asked with the page and after a check: no news tells it", async () => {
    const accounts = (lastInboundAt: number) => ({ accounts: [{ ...nothing, lastInboundAt }] });
    const { user, answer } = await openSettings("channels", {
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
    await openSettings("channels", { "channel_account.backlog": () => ({ accounts }) });
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
    const { user, sent } = await openSettings("channels", {
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
    const { user, sent, answer, clock } = await openSettings("channels", {
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

  test("one that only sends is tried by sending to one's own number: nobody waits to be written to", async () => {
    const { user, sent, tell } = await openSettings("channels", {
      "trial.look": ({ messageId }) => ({
        heard: null,
        answer: messageId ? { state: "sent", error: null } : null,
      }),
      "trial.send": () => ({ messageId: id(8) }),
    });
    act(() => tell(event(9, "channel_account.changed", { account: { ...troubled, oneWay: true } })));
    await user.click(screen.getByRole("button", { name: "Thử" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).queryByText("Đang đợi tin của bạn…")).toBeNull();
    expect(within(dialog).getByRole("button", { name: "Gửi" })).toBeDisabled();
    await user.type(within(dialog).getByLabelText(/^Số của bạn/), "0902000001{Enter}");
    expect(await within(dialog).findByText(/^Đã gửi/)).toBeInTheDocument();
    expect(lastOf(sent, "trial.send")).toMatchObject({
      accountId: page.id,
      address: "0902000001",
      text: "Đây là tin thử. Kênh chạy tốt.",
    });
  });

  test("a check resumes it", async () => {
    const { user } = await openSettings("channels", {
      "channel_account.check": () => ({ account: { ...page, health: { ...page.health, state: "ok" } } }),
    });
    await user.click(screen.getByRole("button", { name: "Kiểm tra ngay" }));
    expect(await screen.findByText("Bình thường")).toBeInTheDocument();
  });

  test("an edit sends only the secrets that were typed, and shows none", async () => {
    const { user, sent } = await openSettings("channels", {
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

  test("words are typed with their spaces, and sent without those around them", async () => {
    const { user, sent } = await openSettings("channels", {
      "channel_account.save": () => ({ account: page }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    const field = screen.getByLabelText(/^Mã truy cập trang/);
    await user.type(field, " A B ");
    expect(field).toHaveValue(" A B ");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf(sent, "channel_account.save")).toMatchObject({ config: { pageToken: "A B" } }),
    );
  });

  test("what it is reached with is checked when it was saved: a wrong key is told at once", async () => {
    const { user, sent } = await openSettings("channels", {
      "channel_account.save": () => ({ account: page }),
      "channel_account.check": () => ({ account: troubled }),
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.type(screen.getByLabelText(/^Mã truy cập trang/), "E");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    // Two notes come one after the other, and the stack is drawn anew in between.
    await screen.findByText(`${page.name}: Cần kết nối lại`);
    expect(lastOf(sent, "channel_account.check")).toEqual({ accountId: page.id });
  });

  test("what is written in public beneath a page's posts may have a queue of its own, and no longer", async () => {
    const { user, sent, answer } = await openSettings("channels", {
      "channel_account.save": () => ({ account: { ...page, commentQueueId: queueCare.id } }),
    });
    const choose = async (queue: string) => {
      await user.click(screen.getByRole("button", { name: "Sửa" }));
      await user.click(await screen.findByRole("combobox", { name: /^Hàng chờ bình luận/ }));
      await user.click(await screen.findByRole("option", { name: queue }));
      await user.click(screen.getByRole("button", { name: "Lưu" }));
    };
    await choose(queueCare.name);
    expect(await screen.findByText(new RegExp(`bình luận vào ${queueCare.name}`))).toBeInTheDocument();
    expect(lastOf(sent, "channel_account.save")).toMatchObject({ commentQueueId: queueCare.id });
    answer({ "channel_account.save": () => ({ account: page }) });
    await choose("Như hàng chờ của kênh");
    await waitFor(() => expect(screen.queryByText(/bình luận vào/)).not.toBeInTheDocument());
    expect(lastOf(sent, "channel_account.save")).toMatchObject({ commentQueueId: null });
  });

  test("the whole address and the word of a connected page are there to be copied", async () => {
    const verifyToken = "sen-viet-2026";
    const { user } = await openSettings("channels", {
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
    const { user } = await openSettings("channels", {
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

  test("the form says which boxes may stay empty, and no address where the vendor calls no webhook of ours", async () => {
    const { user, client } = await openSettings("channels");
    const { setup } = facebook;
    const webhook = setup?.webhook && { ...setup.webhook, field: null, when: { field: "pageId", is: ["1"] } };
    const fields = setup?.fields.map((field) => ({ ...field, required: field.name !== "appId" })) ?? [];
    const channel = { ...facebook, setup: setup && { ...setup, fields, webhook: webhook ?? null } };
    act(() => client.update((s) => ({ ...s, people: { ...s.people, channels: { facebook: channel } } })));
    await user.click(screen.getByRole("button", { name: "Kết nối" }));
    await user.click(await screen.findByRole("menuitem", { name: /Kết nối trang Facebook/ }));
    const id = screen.getByLabelText(/^ID trang/);
    expect(screen.getByText(/^ID ứng dụng/)).toHaveTextContent("(không bắt buộc)");
    expect(screen.getByText(/^ID trang/)).not.toHaveTextContent("(không bắt buộc)");
    expect(screen.queryByText(/Lưu xong thì có/)).toBeNull();
    await user.type(id, "1");
    expect(screen.getByText(/Lưu xong thì có/)).toBeVisible();
  });

  test("a choice that nobody has made shows what it then is, and is not sent", async () => {
    const { user, client, sent } = await openSettings("channels", {
      "channel_account.save": () => ({ account: page }),
      "channel_account.check": () => ({ account: page }),
    });
    const { setup } = facebook;
    const words = (text: string) => ({ vi: text, en: text });
    const choice: AccountField = {
      name: "afterwards",
      kind: "choice",
      required: false,
      label: words("Sau khi nhận"),
      hint: null,
      options: ["seen", "nothing"].map((value) => ({ value, label: words(`Là ${value}`) })),
      defaultValue: "nothing",
      when: null,
    };
    const depends = { ...choice, name: "folder", label: words("Thư mục"), kind: "text" } as const;
    const fields = [choice, { ...depends, when: { field: "afterwards", is: ["nothing"] } }];
    const channel = { ...facebook, setup: setup && { ...setup, fields, webhook: null } };
    act(() => client.update((s) => ({ ...s, people: { ...s.people, channels: { facebook: channel } } })));
    await user.click(screen.getByRole("button", { name: "Kết nối" }));
    await user.click(await screen.findByRole("menuitem", { name: /Kết nối trang Facebook/ }));
    expect(screen.getByRole("combobox", { name: /^Sau khi nhận/ })).toHaveTextContent("Là nothing");
    expect(screen.getByLabelText(/^Thư mục/)).toBeVisible();
    await user.type(screen.getByLabelText(/^Tên gọi/), "Trang mới{Enter}");
    await waitFor(() => expect(lastOf(sent, "channel_account.save")).toMatchObject({ config: {} }));
  });

  test("a new page shows the address to paste, and a refused field says so at the field", async () => {
    const { user } = await openSettings("channels", {
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
