import { type FormDialogProps, FormDialog as PlainDialog } from "../../ui/form-dialog.tsx";
import { useBasis } from "./versioned.tsx";

/** A form over something that somebody else may change meanwhile: it says so, and saves only after a choice. */
export function FormDialog({ isReady, children, ...rest }: FormDialogProps) {
  const { notice } = useBasis();
  // One's own save comes back before its answer does.
  const isFree = rest.busy || notice === null;
  return (
    <PlainDialog {...rest} isReady={isReady && isFree}>
      {!isFree && notice}
      {children}
    </PlainDialog>
  );
}
