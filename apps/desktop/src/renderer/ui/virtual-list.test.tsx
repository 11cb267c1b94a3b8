import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { VirtualList } from "./virtual-list.tsx";

interface Row {
  readonly id: string;
}
const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from }, (_, index) => ({ id: `r${from + index}` }));

function List({ items, onOpen }: { items: readonly Row[]; onOpen?: (key: string) => void }) {
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <VirtualList
      items={items}
      getKey={(row) => row.id}
      rowHeight={56}
      label="Danh sách"
      selectedKey={selected}
      onSelect={setSelected}
      {...(onOpen ? { onOpen } : {})}
      empty={<p>Trống</p>}
      renderRow={(row) => <span>{row.id}</span>}
    />
  );
}
const selected = () => screen.queryByRole("option", { selected: true })?.textContent ?? null;

describe("VirtualList", () => {
  test("draws a screenful, counts them all", () => {
    render(<List items={rows(0, 5000)} />);
    const shown = screen.getAllByRole("option");
    expect(shown.length).toBeLessThan(40);
    expect(shown[0]).toHaveAttribute("aria-setsize", "5000");
    expect(shown[1]).toHaveAttribute("aria-posinset", "2");
  });

  test("is one Tab stop, walked with j, k, arrows, Home and End", async () => {
    render(<List items={rows(0, 8)} />);
    await userEvent.tab();
    const list = screen.getByRole("listbox");
    expect(list).toHaveFocus();
    await userEvent.keyboard("jj{ArrowDown}");
    expect(selected()).toBe("r2");
    expect(document.getElementById(list.getAttribute("aria-activedescendant") ?? "")).toHaveTextContent("r2");
    await userEvent.keyboard("k");
    expect(selected()).toBe("r1");
    await userEvent.keyboard("{End}j");
    expect(selected()).toBe("r7");
    await userEvent.keyboard("{Home}k");
    expect(selected()).toBe("r0");
  });

  test("a press selects, a second press opens", async () => {
    const open = vi.fn();
    render(<List items={rows(0, 3)} onOpen={open} />);
    await userEvent.click(screen.getByText("r1"));
    expect(open).not.toHaveBeenCalled();
    await userEvent.click(screen.getByText("r1"));
    expect(open).toHaveBeenCalledWith("r1");
  });

  test("a press inside of a row leaves the focus on the list, where the keys are", async () => {
    const user = userEvent.setup();
    render(<List items={rows(0, 5)} />);
    await user.click(screen.getByText("r2"));
    expect(selected()).toBe("r2");
    expect(screen.getByRole("listbox")).toHaveFocus();
  });

  test("the selection follows its row, not its place", async () => {
    const { rerender } = render(<List items={rows(5, 12)} />);
    await userEvent.click(screen.getByText("r6"));
    rerender(<List items={rows(0, 12)} />);
    expect(selected()).toBe("r6");
  });

  test("rows inserted above do not move what is read; at the top they show", () => {
    const { rerender } = render(<List items={rows(10, 200)} />);
    const list = screen.getByRole("listbox");
    rerender(<List items={rows(8, 200)} />);
    expect(list.scrollTop).toBe(0);
    list.scrollTop = 560;
    rerender(<List items={rows(5, 200)} />);
    expect(list.scrollTop).toBe(560 + 3 * 56);
    // The row at the top of the view itself goes away: the next one holds the place.
    const at = 5 + list.scrollTop / 56;
    rerender(<List items={rows(5, 200).filter((row) => row.id !== `r${at}`)} />);
    expect(list.scrollTop).toBe(560 + 3 * 56 - 56);
  });

  test("says what will come when there is nothing", () => {
    render(<List items={[]} />);
    expect(screen.getByText("Trống")).toBeInTheDocument();
  });
});
