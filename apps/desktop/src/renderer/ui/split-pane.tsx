import { Fragment, type ReactNode, type Ref, useImperativeHandle, useRef } from "react";
import { Group, type Layout, Panel, type PanelImperativeHandle, Separator } from "react-resizable-panels";
import { useT } from "../i18n/index.ts";

export interface Pane {
  readonly id: string;
  readonly label: string;
  /** Pixels. The pane without a width takes what is left. */
  readonly width?: number;
  readonly minWidth: number;
  readonly maxWidth?: number;
  readonly foldable?: boolean;
  readonly content: ReactNode;
}

export type SplitLayout = Layout;

export interface SplitPaneHandle {
  /** Folds or unfolds; answers whether it is folded now. */
  toggle(id: string): boolean;
}

interface SplitPaneProps {
  readonly panes: readonly Pane[];
  readonly layout?: SplitLayout | undefined;
  /** After a person changed it; keep it and hand it back as `layout` next time. */
  readonly onLayout?: (layout: SplitLayout) => void;
  readonly onFold?: (id: string, folded: boolean) => void;
  readonly ref?: Ref<SplitPaneHandle>;
}

/** Panes side by side. Separators take the arrow keys, Home, End, and Enter to fold. */
export function SplitPane({ panes, layout, onLayout, onFold, ref }: SplitPaneProps) {
  const t = useT();
  const handles = useRef(new Map<string, PanelImperativeHandle>());
  useImperativeHandle(ref, () => ({
    toggle(id) {
      const handle = handles.current.get(id);
      if (!handle) return false;
      const folding = !handle.isCollapsed();
      if (folding) handle.collapse();
      else handle.expand();
      return folding;
    },
  }));
  return (
    <Group
      orientation="horizontal"
      className="h-full"
      {...(layout ? { defaultLayout: layout } : {})}
      onLayoutChanged={(next, { isUserInteraction, requestedLayout }) => {
        if (isUserInteraction) onLayout?.(requestedLayout ?? next);
      }}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && (
            <Separator
              aria-label={t("common.resizePane", { name: separated(panes, index) })}
              className="relative w-px bg-line transition-colors duration-(--brief) after:absolute after:inset-y-0 after:-inset-x-1 focus-visible:bg-focus focus-visible:outline-offset-0 data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong"
            />
          )}
          <Panel
            id={pane.id}
            panelRef={(handle) => {
              if (handle) handles.current.set(pane.id, handle);
              else handles.current.delete(pane.id);
            }}
            minSize={pane.minWidth}
            {...(pane.width === undefined ? {} : { defaultSize: pane.width })}
            {...(pane.maxWidth === undefined ? {} : { maxSize: pane.maxWidth })}
            collapsible={pane.foldable ?? false}
            groupResizeBehavior={pane.width === undefined ? "preserve-relative-size" : "preserve-pixel-size"}
            onResize={(size, _id, previous) => {
              const folded = size.inPixels < 1;
              if (pane.foldable && previous && folded !== previous.inPixels < 1) onFold?.(pane.id, folded);
            }}
            className="min-w-0"
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}

/** A separator is named after the pane of fixed width beside it. */
function separated(panes: readonly Pane[], index: number): string {
  const [before, after] = [panes[index - 1], panes[index]];
  return (before?.width !== undefined ? before : after)?.label ?? "";
}
