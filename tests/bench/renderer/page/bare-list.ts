import { useVirtualizer } from "@tanstack/react-virtual";
import { createElement, type ReactNode, useRef } from "react";
import { createRoot } from "react-dom/client";

const rowHeight = 56;
const count = 50_000;

/** Rows of one word each in the client's own virtualiser: no list that is drawn with it scrolls better than this one. */
function BareList(): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- as in the client: the compiler is not used
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const rows = virtual.getVirtualItems().map((row) =>
    createElement(
      "div",
      {
        key: row.key,
        style: {
          position: "absolute",
          height: rowHeight,
          transform: `translateY(${row.start}px)`,
        },
      },
      `Khách ${row.index}`,
    ),
  );
  return createElement(
    "div",
    { ref: box, "data-virtual-scroll": "", style: { height: 720, width: 320, overflowY: "auto" } },
    createElement("div", { style: { position: "relative", height: virtual.getTotalSize() } }, rows),
  );
}

const root = document.createElement("div");
document.body.append(root);
createRoot(root).render(createElement(BareList));

const echo = document.createElement("p");
document.body.append(echo);
document.addEventListener("keydown", (event) => {
  echo.textContent = event.key;
});
