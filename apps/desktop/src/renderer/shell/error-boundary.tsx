import { Component, type ReactNode } from "react";
import type { Client } from "../actions/client.ts";
import { saveDrafts } from "../actions/save-draft.ts";
import { t } from "../i18n/index.ts";
import { ErrorState } from "../ui/states.tsx";

interface ErrorBoundaryProps {
  readonly client: Client;
  readonly children: ReactNode;
}

/** One part broke: what was typed is handed over first, then the part can be drawn anew. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error): void {
    saveDrafts(this.props.client);
    this.props.client.report(error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <ErrorState
        className="h-full"
        title={t("errors.crashed")}
        body={t("errors.crashedBody")}
        onRetry={() => this.setState({ failed: false })}
      />
    );
  }
}
