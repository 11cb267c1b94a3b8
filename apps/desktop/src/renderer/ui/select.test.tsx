import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Select } from "./select.tsx";
import { useShortcuts } from "./use-shortcuts.ts";

function Priority({ onChange, onKey }: { onChange: (value: string) => void; onKey: () => void }) {
  useShortcuts({ "list.previous": onKey });
  const options = [
    { value: "normal", label: "Thường" },
    { value: "urgent", label: "Khẩn" },
  ];
  return <Select label="Ưu tiên" value="normal" onChange={onChange} options={options} />;
}

test("closed, a letter is a shortcut and changes nothing; open, it finds an entry and is no shortcut", async () => {
  const user = userEvent.setup();
  const [change, key] = [vi.fn(), vi.fn()];
  render(<Priority onChange={change} onKey={key} />);
  await user.tab();
  await user.keyboard("k");
  expect([change.mock.calls.length, key.mock.calls.length]).toEqual([0, 1]);
  await user.keyboard("{Enter}");
  await screen.findByRole("option", { name: "Khẩn" });
  await user.keyboard("k");
  expect(key).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(screen.getByRole("option", { name: "Khẩn" })).toHaveFocus());
  await user.keyboard("{Enter}");
  expect(change).toHaveBeenCalledWith("urgent");
});
