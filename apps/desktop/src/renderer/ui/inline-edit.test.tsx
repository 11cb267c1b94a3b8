import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { InlineEdit, type InlineEditProps } from "./inline-edit.tsx";

function show(props: Partial<InlineEditProps> = {}) {
  const onSave = vi.fn<(value: string) => Promise<void>>(() => Promise.resolve());
  const edit = (more: Partial<InlineEditProps> = {}) => (
    <InlineEdit value="Lan" label="Tên" onSave={onSave} explain={String} {...props} {...more} />
  );
  const { rerender } = render(edit());
  return {
    user: userEvent.setup(),
    onSave,
    update: (more: Partial<InlineEditProps>) => rerender(edit(more)),
  };
}

const button = () => screen.getByRole("button");
const box = () => screen.getByRole("textbox");

describe("text that is edited where it stands", () => {
  test("begins selected, saves with Enter and gives focus back", async () => {
    const { user, onSave } = show();
    await user.click(button());
    await user.keyboard("Hà{Enter}");
    expect(onSave).toHaveBeenCalledExactlyOnceWith("Hà");
    expect(button()).toHaveFocus();
  });

  test("shows characters that turn the text round for what they are", () => {
    show({ value: "gnp.\u202eexe" });
    expect(screen.getByRole("button")).toHaveTextContent("gnp.[U+202E]exe");
  });

  test("saves when it is left, and not when nothing was changed", async () => {
    const { user, onSave } = show();
    await user.click(button());
    await user.tab();
    expect(onSave).not.toHaveBeenCalled();
    await user.click(button());
    await user.type(box(), " Anh");
    await user.tab();
    expect(onSave).toHaveBeenCalledExactlyOnceWith("Lan Anh");
  });

  test("gives up with Escape, and does not save an empty value", async () => {
    const { user, onSave } = show();
    await user.click(button());
    await user.keyboard("Hà{Escape}");
    await user.click(button());
    await user.clear(box());
    await user.keyboard("{Enter}");
    expect(onSave).not.toHaveBeenCalled();
    expect(button()).toHaveTextContent("Lan");
  });

  test("keeps what was typed when it is refused, and saves it when asked again", async () => {
    const { user, onSave, update } = show();
    onSave.mockRejectedValueOnce("đã đổi");
    await user.click(button());
    await user.keyboard("Hà{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("đã đổi");
    update({ value: "Lan Anh" });
    expect(box()).toHaveValue("Hà");
    await user.click(box());
    await user.keyboard("{Enter}");
    expect(onSave).toHaveBeenLastCalledWith("Hà");
    expect(onSave).toHaveBeenCalledTimes(2);
  });

  test("never begins with asterisks", async () => {
    const { user, onSave } = show({ value: "0901 *** 567", masked: true });
    await user.click(button());
    expect(box()).toHaveValue("");
    await user.keyboard("{Enter}");
    expect(onSave).not.toHaveBeenCalled();
    await user.click(button());
    await user.keyboard("0901234567{Enter}");
    expect(onSave).toHaveBeenCalledExactlyOnceWith("0901234567");
  });
});
