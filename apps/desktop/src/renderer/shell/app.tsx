import { Suspense } from "react";
import type { Client } from "../actions/client.ts";
import { ClientProvider, useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { LogIn } from "../panels/login/index.ts";
import { Spinner } from "../ui/spinner.tsx";
import { Banner } from "../ui/states.tsx";
import { Toaster } from "../ui/toast.tsx";
import { TooltipScope } from "../ui/tooltip.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Frame } from "./frame.tsx";
import { useAppearance } from "./use-appearance.ts";
import { useHash } from "./use-hash.ts";
import { useLastWords } from "./use-last-words.ts";
import { useLeaveGuard } from "./use-leave-guard.ts";
import { useProblems } from "./use-problems.ts";

export function App({ client }: { readonly client: Client }) {
  return (
    <ClientProvider value={client}>
      <TooltipScope>
        <ErrorBoundary client={client}>
          <Screen />
        </ErrorBoundary>
        <Toaster />
      </TooltipScope>
    </ClientProvider>
  );
}

function Screen() {
  const status = useSelect((s) => s.session.status);
  useAppearance();
  useHash();
  useProblems();
  useLastWords();
  useLeaveGuard();
  if (status === "asking") return <Starting />;
  if (status === "out") return <LogIn />;
  return (
    <Suspense fallback={<Starting />}>
      <Frame />
    </Suspense>
  );
}

function Starting() {
  const t = useT();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  return (
    <main className="flex h-full flex-col bg-canvas">
      {isOffline && <Banner tone="warning">{t("desk.shell.waitingGateway")}</Banner>}
      <div className="m-auto flex items-center gap-2 text-ink-3">
        <Spinner />
        {t("desk.shell.starting")}
      </div>
    </main>
  );
}
