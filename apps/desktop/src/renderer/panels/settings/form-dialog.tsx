import type { FormEvent, ReactNode } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Banner } from "../../ui/states.tsx";
import { useBasis } from "./versioned.tsx";

interface FormDialogProps {
  readonly title: string;
  readonly lead?: string;
  readonly width?: "small" | "medium" | "large";
  readonly busy: boolean;
  readonly problem: string | null;
  readonly isReady: boolean;
  /** What the button does; by default it saves. */
  readonly confirm?: string;
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
    onSubmit,
    onClose,
    children,
  } = props;
  const t = useT();
  const { notice } = useBasis();
  // One's own save comes back before its answer does.
  const isFree = busy || notice === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // In React's tree it may stand within another form, which is not meant.
    event.stopPropagation();
    if (isReady && isFree && !busy) onSubmit();
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
          <Button variant="primary" disabled={!isReady || !isFree} loading={busy} onClick={onSubmit}>
            {confirm ?? t("common.save")}
          </Button>
        </>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!isFree && notice}
        {children}
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        {/* Enter submits a form of several fields only where it has a button for it. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
