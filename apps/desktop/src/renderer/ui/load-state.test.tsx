import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { AppError, type ErrorCode } from "@tongdai/shared";
import { TicketX } from "lucide-react";
import { expect, test, vi } from "vitest";
import { LoadState } from "./load-state.tsx";

const retry = vi.fn();

const shown = (failure: unknown, offline = false) =>
  render(
    <LoadState
      failure={failure}
      title="Không tải được phiếu"
      reason={(cause) => (cause instanceof AppError ? `vì ${cause.code}` : "vì lỗi")}
      onRetry={retry}
      offline={offline}
      gone={{ icon: TicketX, title: "Không thấy phiếu" }}
      skeleton={<p>khung</p>}
    />,
  );

test("on its way it says so, and shows its shape only after a moment", () => {
  const { container } = shown(null);
  expect(container.firstChild).toHaveAttribute("aria-busy", "true");
  expect(container.firstChild).toHaveClass("animate-late");
  expect(screen.getByText("Đang tải")).toBeInTheDocument();
  expect(screen.getByText("khung")).toBeInTheDocument();
});

test("a failure says what happened and why, and is tried again by one press", async () => {
  shown(new AppError("timeout", "late"));
  expect(screen.getByRole("alert")).toHaveTextContent("Không tải được phiếu");
  expect(screen.getByRole("alert")).toHaveTextContent("vì timeout");
  await userEvent.click(screen.getByRole("button", { name: "Thử lại" }));
  expect(retry).toHaveBeenCalledTimes(1);
});

test.each<ErrorCode>(["not_found", "forbidden"])(
  "what is gone or hidden (%s) is not asked for again",
  (code) => {
    shown(new AppError(code, "no"));
    expect(screen.getByText("Không thấy phiếu")).toBeInTheDocument();
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.queryByRole("alert")).toBeNull();
  },
);

test("without a connection it promises to come; a failure known already is told all the same", () => {
  const { unmount } = shown(null, true);
  expect(screen.getByText("Đang mất kết nối")).toBeInTheDocument();
  expect(screen.queryByText("khung")).toBeNull();
  unmount();
  shown(new Error("broken"), true);
  expect(screen.getByRole("alert")).toHaveTextContent("vì lỗi");
});
