import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { Tag } from "./badge.tsx";
import { Button } from "./button.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { AlertDialog, Dialog } from "./dialog.tsx";
import { EmojiPicker } from "./emoji-picker.tsx";
import { Field } from "./field.tsx";
import { FileChip, shortName } from "./files.tsx";
import { IconButton } from "./icon-button.tsx";
import { Input, Textarea } from "./input.tsx";
import { DropdownMenu } from "./menu.tsx";
import { Select } from "./select.tsx";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { Banner, ErrorState } from "./states.tsx";
import { StatusDot } from "./status-dot.tsx";
import { Checkbox, RadioGroup, Switch } from "./toggles.tsx";
import { TooltipScope } from "./tooltip.tsx";

const scoped = (node: React.ReactNode) => render(<TooltipScope>{node}</TooltipScope>);

describe("Button", () => {
  test("keeps focus and ignores presses while loading", async () => {
    const press = vi.fn();
    const { rerender } = render(<Button onClick={press}>Lưu</Button>);
    const button = screen.getByRole("button", { name: "Lưu" });
    await userEvent.click(button);
    rerender(
      <Button onClick={press} loading>
        Lưu
      </Button>,
    );
    await userEvent.click(button);
    expect(press).toHaveBeenCalledTimes(1);
    expect(button).toHaveFocus();
    expect(button).toHaveAttribute("aria-busy", "true");
  });
  test("announces its key", () => {
    render(<Button shortcut="composer.send">Gửi</Button>);
    expect(screen.getByRole("button")).toHaveAttribute("aria-keyshortcuts", "Control+enter");
  });
  test("an icon button has a name and a pressed state", () => {
    scoped(<IconButton icon={Trash2} label="Xoá" pressed />);
    expect(screen.getByRole("button", { name: "Xoá" })).toHaveAttribute("aria-pressed", "true");
  });
});

describe("Field", () => {
  test("ties label, hint and error to the control inside", () => {
    const { rerender } = render(
      <Field label="E-mail" hint="Gợi ý" required>
        <Input />
      </Field>,
    );
    const input = screen.getByLabelText("E-mail");
    expect(input).toHaveAccessibleDescription("Gợi ý");
    expect(input).toBeRequired();
    rerender(
      <Field label="E-mail" hint="Gợi ý" error="Chưa đúng">
        <Input />
      </Field>,
    );
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription("Chưa đúng");
  });
  test("a textarea takes a ref and its wiring", () => {
    const ref = vi.fn();
    render(
      <Field label="Ghi chú">
        <Textarea ref={ref} defaultValue="a" />
      </Field>,
    );
    expect(ref).toHaveBeenCalledWith(screen.getByLabelText("Ghi chú"));
  });
});

describe("choices", () => {
  test("select by keyboard", async () => {
    const change = vi.fn();
    render(
      <Field label="Ưu tiên">
        <Select
          value="low"
          onChange={change}
          options={[
            { value: "low", label: "Thấp" },
            { value: "high", label: "Cao" },
          ]}
        />
      </Field>,
    );
    screen.getByLabelText("Ưu tiên").focus();
    await userEvent.keyboard("{Enter}{ArrowDown}{Enter}");
    expect(change).toHaveBeenCalledWith("high");
  });
  test("checkbox, switch and radio answer to their words", async () => {
    const [check, flip, pick] = [vi.fn(), vi.fn(), vi.fn()];
    render(
      <>
        <Checkbox checked="mixed" onChange={check} label="Tất cả" />
        <Switch checked={false} onChange={flip} label="Chuông" />
        <RadioGroup
          label="Chủ đề"
          value="a"
          onChange={pick}
          options={[
            { value: "a", label: "Sáng" },
            { value: "b", label: "Tối" },
          ]}
        />
      </>,
    );
    expect(screen.getByRole("checkbox", { name: "Tất cả" })).toBePartiallyChecked();
    await userEvent.click(screen.getByText("Tất cả"));
    await userEvent.click(screen.getByText("Chuông"));
    await userEvent.click(screen.getByText("Tối"));
    expect([check, flip, pick].map((fn) => fn.mock.calls[0]?.[0])).toEqual([true, true, "b"]);
  });
});

describe("what opens", () => {
  test("a dialog focuses its first field, closes by Esc, and gives focus back", async () => {
    function Page() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <Button onClick={() => setOpen(true)}>Mở</Button>
          <Dialog open={open} onOpenChange={setOpen} title="Tạo phiếu">
            <Input aria-label="Tiêu đề" />
          </Dialog>
        </>
      );
    }
    scoped(<Page />);
    await userEvent.click(screen.getByRole("button", { name: "Mở" }));
    expect(screen.getByLabelText("Tiêu đề")).toHaveFocus();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("button", { name: "Mở" })).toHaveFocus();
  });
  test("a dialog that begins with a choice focuses what is chosen, so that the arrows change it", async () => {
    const chosen = vi.fn();
    const options = [
      { value: "a", label: "Một" },
      { value: "b", label: "Hai" },
    ] as const;
    scoped(
      <Dialog open onOpenChange={() => {}} title="Kết thúc">
        <form>
          <RadioGroup label="Kết quả" value="a" onChange={chosen} options={options} />
          <Input aria-label="Tóm tắt" />
        </form>
      </Dialog>,
    );
    expect(screen.getByRole("radio", { name: "Một" })).toHaveFocus();
    // Held: the group chooses only while the key is down.
    await userEvent.keyboard("{ArrowDown>}");
    await waitFor(() => expect(chosen).toHaveBeenCalledWith("b"));
  });

  test("a question starts on the way out", () => {
    scoped(
      <AlertDialog
        open
        onOpenChange={() => {}}
        title="Xoá?"
        body="Mất"
        confirm="Xoá"
        danger
        onConfirm={() => {}}
      />,
    );
    expect(screen.getByRole("button", { name: "Huỷ" })).toHaveFocus();
  });
  test("a menu shows keys and runs its entries", async () => {
    const reply = vi.fn();
    render(
      <DropdownMenu
        trigger={<Button>Thêm</Button>}
        entries={[
          { id: "r", label: "Trả lời", shortcut: "reply", onSelect: reply },
          { kind: "line", id: "l" },
        ]}
      />,
    );
    await userEvent.click(screen.getByRole("button", { name: "Thêm" }));
    const item = screen.getByRole("menuitem", { name: /Trả lời/ });
    expect(within(item).getByText("R")).toBeInTheDocument();
    await userEvent.click(item);
    expect(reply).toHaveBeenCalledOnce();
  });
  test("commands are found without marks and run once", async () => {
    const run = vi.fn();
    render(
      <CommandMenu
        open
        onOpenChange={() => {}}
        commands={[
          { id: "a", label: "Ghi chú", group: "Hội thoại", run },
          { id: "b", label: "Chuyển", group: "Hội thoại", run: vi.fn() },
        ]}
      />,
    );
    await userEvent.type(screen.getByRole("combobox"), "ghi chu");
    expect(screen.queryByText("Chuyển")).toBeNull();
    await userEvent.keyboard("{Enter}");
    expect(run).toHaveBeenCalledOnce();
  });
  test("the sheet lists every command that something does", () => {
    scoped(<ShortcutSheet open onOpenChange={() => {}} />);
    expect(screen.getByText("Mở bảng lệnh")).toBeInTheDocument();
    expect(screen.queryByText("Gác máy")).toBeNull();
    expect(screen.queryByText("Cuộc gọi")).toBeNull();
  });
});

test("the emoji picker waits for words as soon as it is fetched", async () => {
  vi.stubGlobal("fetch", async () => Response.json([]));
  scoped(<EmojiPicker onPick={() => {}} />);
  await userEvent.click(screen.getByRole("button", { name: "Biểu tượng cảm xúc" }));
  expect(await screen.findByRole("searchbox")).toHaveFocus();
  vi.unstubAllGlobals();
});

describe("what is said", () => {
  test("a state has a name, not only a colour", () => {
    render(<StatusDot state="wrap_up" />);
    expect(screen.getByRole("img", { name: "Đang xử lý sau" })).toBeInTheDocument();
  });
  test("an error says what was kept and offers a retry", async () => {
    const retry = vi.fn();
    render(<ErrorState title="Không tải được" onRetry={retry} reference="7F" />);
    expect(screen.getByRole("alert")).toHaveTextContent("vẫn được giữ");
    await userEvent.click(screen.getByRole("button", { name: "Thử lại" }));
    expect(retry).toHaveBeenCalledOnce();
  });
  test("a banner interrupts only for danger", () => {
    const { rerender } = render(<Banner tone="warning">x</Banner>);
    expect(screen.getByRole("status")).toBeInTheDocument();
    rerender(<Banner tone="danger">x</Banner>);
    expect(screen.getByRole("alert")).toBeInTheDocument();
  });
  test("a tag is taken off by name", async () => {
    const remove = vi.fn();
    render(<Tag label="VIP" onRemove={remove} />);
    await userEvent.click(screen.getByRole("button", { name: "Gỡ VIP" }));
    expect(remove).toHaveBeenCalledOnce();
  });
  test("a file keeps its end and shows its disguise", () => {
    expect(shortName("hoa_don_gia_tri_gia_tang_thang_11.pdf")).toMatch(/^hoa_don.+….+11\.pdf$/);
    scoped(<FileChip name={"anh\u202egpj.exe"} progress={0.5} />);
    expect(screen.getByText(/U\+202E/)).toBeInTheDocument();
    expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "50");
  });
});
