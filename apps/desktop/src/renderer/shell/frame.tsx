import { PanelsTopLeft } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { goTo } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { changePreferences } from "../actions/set-preferences.ts";
import { useT } from "../i18n/index.ts";
import type { Panel } from "../panels/panel.ts";
import { routeId } from "../state/route.ts";
import { can } from "../state/selectors.ts";
import { Button } from "../ui/button.tsx";
import { type Pane, SplitPane, type SplitPaneHandle } from "../ui/split-pane.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useShortcuts } from "../ui/use-shortcuts.ts";
import { Banners } from "./banners.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { FloorAlarms } from "./floor-alarms.tsx";
import { isOpenTo, panelAt, panels } from "./panels.ts";
import { Rail } from "./rail.tsx";
import { useCommandKeys } from "./use-command-keys.ts";
import { useNotices } from "./use-notices.ts";
import { usePaneSteps } from "./use-pane-steps.ts";
import { useStrayDrops } from "./use-stray-drops.ts";

/** Left to right: where am I, what waits, what I do now, who this is. */
export function Frame() {
  const t = useT();
  useCommandKeys();
  useNotices();
  useStrayDrops();
  return (
    <div className="flex h-full min-w-320 bg-canvas">
      <button
        type="button"
        onClick={() => document.getElementById("main")?.focus()}
        className="fixed top-1 left-14 z-50 -translate-y-20 rounded-ui bg-raised px-3 py-2 shadow-float focus:translate-y-0"
      >
        {t("desk.shell.skip")}
      </button>
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <Banners />
        <FloorAlarms />
        {panels
          .filter((panel) => panel.bar)
          .map((panel) => (
            <Mounted key={panel.id} panel={panel} />
          ))}
        <Panes />
      </div>
      {panels
        .filter((panel) => panel.overlay)
        .map((panel) => (
          <Mounted key={panel.id} panel={panel} />
        ))}
      <CommandPalette />
    </div>
  );
}

/** A panel that breaks takes only itself down. */
function Mounted({ panel }: { readonly panel: Panel }) {
  const client = useClient();
  const Body = panel.component;
  return (
    <ErrorBoundary client={client}>
      <Suspense fallback={null}>
        <Body />
      </Suspense>
    </ErrorBoundary>
  );
}

function Panes() {
  const t = useT();
  const client = useClient();
  const route = useSelect((s) => s.ui.route.name);
  const [list, main, side, page] = (["list", "main", "side", "page"] as const).map((slot) =>
    panelAt(route, slot),
  );
  const mayBeHere = useSelect((s) => isOpenTo(s, route));
  const isHome = useSelect((s) => routeId(s.ui.route) === null);
  // Whoever does not handle conversations begins where they work; a link to one of them is explained instead.
  useEffect(() => {
    if (!mayBeHere && isHome) goTo(client, "settings");
  }, [client, mayBeHere, isHome]);
  if (!mayBeHere)
    return (
      <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
        {!isHome && <Missing />}
      </main>
    );
  if (page)
    return (
      <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <Mounted panel={page} />
      </main>
    );
  const panes: Pane[] = [
    ...(list
      ? [
          {
            ...leftPane,
            width: share(0.2),
            label: t("desk.shell.list"),
            content: (
              <nav
                data-pane="left"
                tabIndex={-1}
                aria-label={t("desk.shell.list")}
                className="focus-inset h-full"
              >
                <Mounted panel={list} />
              </nav>
            ),
          },
        ]
      : []),
    {
      id: "main",
      label: t("desk.shell.work"),
      minWidth: 420,
      content: (
        <main
          id="main"
          data-pane="main"
          tabIndex={-1}
          aria-label={t("desk.shell.work")}
          className="focus-inset h-full"
        >
          {main ? <Mounted panel={main} /> : <Missing />}
        </main>
      ),
    },
    ...(side
      ? [
          {
            ...rightPane,
            width: share(0.23),
            label: t("desk.shell.side"),
            content: (
              <aside
                data-pane="right"
                tabIndex={-1}
                aria-label={t("desk.shell.side")}
                className="focus-inset h-full"
              >
                <Mounted panel={side} />
              </aside>
            ),
          },
        ]
      : []),
  ];
  return <FoldingPanes key={panes.map((p) => p.id).join(" ")} panes={panes} />;
}

/** On a large screen the sides get most of what there is more: long lines of talk are no easier to read. */
const share = (part: number) => Math.round(Math.min(460, Math.max(320, window.innerWidth * part)));

const leftPane = { id: "left", minWidth: 260, maxWidth: 520, foldable: true };
const rightPane = { id: "right", minWidth: 280, maxWidth: 560, foldable: true };

function FoldingPanes({ panes }: { readonly panes: readonly Pane[] }) {
  const client = useClient();
  const split = useRef<SplitPaneHandle>(null);
  const key = `tongdai.layout.${panes.map((p) => p.id).join("-")}`;
  const [layout] = useState(() => readLayout(client.storage.get(key)));
  const [folded] = useState(() => client.store.getState().ui.preferences);
  // Folded when the program was left: folded when it comes back.
  useEffect(() => {
    if (!folded.leftOpen) split.current?.toggle("left");
    if (!folded.rightOpen) split.current?.toggle("right");
  }, [folded]);
  useShortcuts({
    "pane.left": () => void split.current?.toggle("left"),
    "pane.right": () => void split.current?.toggle("right"),
  });
  const steps = usePaneSteps();
  return (
    <div {...steps} className="min-h-0 flex-1">
      <SplitPane
        ref={split}
        panes={panes}
        layout={layout}
        onLayout={(next) => client.storage.set(key, JSON.stringify(next))}
        onFold={(id, isFolded) =>
          changePreferences(client, id === "left" ? { leftOpen: !isFolded } : { rightOpen: !isFolded })
        }
      />
    </div>
  );
}

const Layout = z.record(z.string(), z.number());

function readLayout(text: string | null): Record<string, number> | undefined {
  try {
    const layout = Layout.safeParse(JSON.parse(text ?? "null"));
    // A folded pane is unfolded to its usual width, not to nothing.
    return layout.success && Object.values(layout.data).every((share) => share > 0) ? layout.data : undefined;
  } catch {
    return undefined;
  }
}

/** A place whose panel this person has not, or that is not there. */
function Missing() {
  const t = useT();
  const client = useClient();
  const canWork = useSelect((s) => can(s, "work"));
  return canWork ? (
    <EmptyState
      icon={PanelsTopLeft}
      title={t("desk.shell.pageGone")}
      body={t("desk.shell.pageGoneBody")}
      className="h-full"
    />
  ) : (
    <EmptyState
      icon={PanelsTopLeft}
      title={t("desk.shell.noDesk")}
      body={t("desk.shell.noDeskBody")}
      className="h-full"
      action={<Button onClick={() => goTo(client, "settings")}>{t("common.nav.settings")}</Button>}
    />
  );
}
