import { act, screen, waitFor, within } from "@testing-library/react";
import type { Webhook, WebhookDelivery } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { event, id, morning } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticker } from "../../ui/ticker.ts";
import Settings from "./settings.tsx";

const shop: Webhook = {
  id: id(700),
  name: "Cửa hàng",
  url: "https://shop.example.vn/hook",
  events: ["ticket.created"],
  texts: false,
  enabled: true,
  ended: null,
  oldSecretUntil: null,
  failingSince: null,
  restUntil: null,
  lastSuccessAt: morning,
};

const delivery: WebhookDelivery = {
  id: id(701),
  webhookId: shop.id,
  type: "ticket.created",
  state: "failed",
  createdAt: morning,
  attempts: 10,
  nextAt: null,
  last: { at: morning, durationMs: 120, status: 500, failure: null, answer: "no database" },
};

async function open(webhooks: Webhook[], script: Script = {}) {
  const quiet: Script = { "webhook.waiting": () => ({ waiting: { [shop.id]: 3 } }) };
  const desk = await scripted(
    { ...quiet, ...script },
    { hash: "#/settings/webhooks", snapshot: { permissions: ["webhooks.manage"], webhooks } },
  );
  return { ...desk, ...show(desk, <Settings />) };
}

const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;

describe("webhooks", () => {
  test("when it is tried again is told while that lies ahead, and no longer", async () => {
    ticker.setSkew(morning - Date.now());
    await open([{ ...shop, failingSince: morning - 60_000, restUntil: morning + 60_000 }]);
    const next = await screen.findByText("Thử lại lúc");
    act(() => ticker.setSkew(morning + 61_000 - Date.now()));
    expect(next).not.toBeInTheDocument();
    expect(screen.getByText("Lỗi từ")).toBeVisible();
  });

  test("a new one is saved with the events chosen, and its secret is shown once", async () => {
    const { user, sent } = await open([], {
      "webhook.save": () => ({ webhook: shop, secret: "whsec_abc" }),
    });
    await user.click(screen.getByRole("button", { name: "Thêm webhook" }));
    const dialog = within(screen.getByRole("dialog"));
    await user.type(dialog.getByLabelText(/Tên/), "Cửa hàng");
    await user.clear(dialog.getByLabelText(/Địa chỉ/));
    await user.type(dialog.getByLabelText(/Địa chỉ/), "https://shop.example.vn/hook");
    await user.click(dialog.getByRole("checkbox", { name: "Phiên xử lý" }));
    await user.click(dialog.getByRole("checkbox", { name: "Phiên xử lý" }));
    await user.click(dialog.getByRole("checkbox", { name: "Tài khoản kênh" }));
    await user.click(dialog.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText("whsec_abc")).toBeInTheDocument();
    expect(lastOf(sent, "webhook.save")).toMatchObject({
      id: null,
      name: "Cửa hàng",
      events: ["ticket.created", "channel_account.changed"],
      texts: false,
    });
    await user.click(screen.getByRole("button", { name: "Đã chép xong" }));
    expect(screen.queryByText("whsec_abc")).toBeNull();
  });

  test("one that has switched itself off says why and what to do, as soon as it happens", async () => {
    const { tell } = await open([shop]);
    expect(screen.getByText("Hoạt động")).toBeInTheDocument();
    expect(await screen.findByText(/3 đang chờ gửi/)).toBeInTheDocument();
    tell(event(9, "webhook.changed", { id: shop.id, webhook: { ...shop, enabled: false, ended: "gone" } }));
    expect(await screen.findByText("Đã tự tắt")).toBeInTheDocument();
    expect(screen.getByText(/trả lời 410/)).toBeInTheDocument();
  });

  test("the log shows what was sent and what came back, and sends it again", async () => {
    const { user, sent } = await open([shop], {
      "webhook.deliveries": () => ({ deliveries: [delivery], next: null }),
      "webhook.delivery": () => ({
        delivery,
        body: '{"type":"ticket.created"}',
        attempts: delivery.last ? [delivery.last] : [],
      }),
      "webhook.resend": () => ({ delivery: { ...delivery, state: "waiting" } }),
    });
    await user.click(screen.getByRole("button", { name: "Nhật ký gửi" }));
    expect(await screen.findByText("Phiếu: tạo mới")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Chi tiết của Phiếu: tạo mới" }));
    expect(await screen.findByText("no database")).toBeInTheDocument();
    expect(screen.getByText(/"type": "ticket.created"/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Gửi lại" }));
    await waitFor(() => expect(lastOf(sent, "webhook.resend")).toEqual({ id: delivery.id }));
  });

  describe("a test waits for the receiver and says what it answered", () => {
    const sent = { ...delivery, type: "webhook.test", attempts: 1, last: null };
    const press = async (last: NonNullable<WebhookDelivery["last"]>, state: WebhookDelivery["state"]) => {
      const d = await open([shop], {
        "webhook.test": () => ({ delivery: { ...sent, state: "sending" } }),
        "webhook.delivery": () => ({ delivery: { ...sent, state: "sending" }, body: "{}", attempts: [] }),
      });
      await d.user.click(screen.getByRole("button", { name: "Gửi thử" }));
      expect(await screen.findByText(/Đang chờ bên nhận trả lời/)).toBeInTheDocument();
      expect(screen.getByRole("button", { name: /Gửi thử$/ })).toHaveAttribute("aria-busy", "true");
      d.answer({
        "webhook.delivery": () => ({ delivery: { ...sent, state, last }, body: "{}", attempts: [last] }),
      });
      await waitFor(() => {
        d.clock.advance(500);
        expect(screen.queryByText(/Đang chờ bên nhận trả lời/)).toBeNull();
      });
      expect(screen.getByRole("button", { name: /Gửi thử$/ })).not.toHaveAttribute("aria-busy");
    };
    const attempt = { at: morning, durationMs: 120, status: null, failure: null, answer: "" };

    test.each([
      [{ status: 204 }, "delivered", "Bên nhận trả lời 204 sau 120 ms: mọi thứ hoạt động."],
      [{ status: 500 }, "failed", /trả lời 500 sau 120 ms\. Bên nhận gặp lỗi khi xử lý/],
      [{ status: 302 }, "failed", /trả lời 302 sau 120 ms\. Tongdai không đi theo chuyển hướng/],
      [{ status: 401 }, "failed", /trả lời 401 sau 120 ms\. Bên nhận từ chối: .* khoá ký/],
      [{ failure: "timeout" }, "failed", /^Không trả lời trong 15 giây\. Bên nhận cần trả lời trước/],
      [{ failure: "unreachable" }, "failed", /^Không đến được\. Kiểm tra tên máy và cổng/],
    ] as const)("%o", async (change, state, text) => {
      await press({ ...attempt, ...change }, state);
      expect(screen.getByText(text)).toBeInTheDocument();
    });
  });

  test("a test of which nobody writes down the end is given up and says where to look", async () => {
    const never = { ...delivery, type: "webhook.test", state: "sending" as const, last: null };
    const d = await open([shop], {
      "webhook.test": () => ({ delivery: never }),
      "webhook.delivery": () => ({ delivery: never, body: "{}", attempts: [] }),
    });
    await d.user.click(screen.getByRole("button", { name: "Gửi thử" }));
    await waitFor(() => {
      d.clock.advance(5_000);
      expect(screen.getByText(/Chưa biết kết quả\. Xem nhật ký gửi/)).toBeInTheDocument();
    });
  });
});
