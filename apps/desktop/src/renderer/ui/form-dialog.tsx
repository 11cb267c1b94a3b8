import type { FormEvent, ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Banner } from "./states.tsx";

export interface FormDialogProps {
  readonly title: string;
  readonly lead?: string;
  readonly width?: "small" | "medium" | "large";
  readonly busy: boolean;
  readonly problem: string | null;
  readonly isReady: boolean;
  /** What the button does; by default it saves. */
  readonly confirm?: string;
  /** Another button, beside the one that submits. */
  readonly besides?: ReactNode;
  /** It takes something away from somebody. */
  readonly isDangerous?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Enter in a field saves; Escape leaves. */
export function FormDialog(props: FormDialogProps) {
  const {
    title,
    lead,
    width = "medium",
    busy,
    problem,
    isReady,
    confirm,
    besides,
    isDangerous = false,
    onSubmit,
    onClose,
    children,
  } = props;
  const t = useT();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // In React's tree it may stand within another form, which is not meant.
    event.stopPropagation();
    if (isReady && !busy) onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      width={width}
      {...(lead ? { description: lead } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {besides}
          <Button
            variant={isDangerous ? "danger" : "primary"}
            disabled={!isReady}
            loading={busy}
            onClick={onSubmit}
          >
            {confirm ?? t("common.save")}
          </Button>
        </>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        {/* Enter submits a form of several fields only where it has a button for it. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
