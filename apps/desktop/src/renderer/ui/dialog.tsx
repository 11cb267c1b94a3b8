import { X } from "lucide-react";
import { Dialog as Radix, AlertDialog as RadixAlert } from "radix-ui";
import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { Button } from "./button.tsx";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

export const scrim = "fixed inset-0 z-40 animate-fade bg-scrim";
const sheet =
  "fixed left-1/2 top-[10vh] z-40 flex max-h-[84vh] w-[calc(100vw-48px)] -translate-x-1/2 animate-fade flex-col rounded-ui bg-raised text-ink shadow-float outline-none";

const widths = { small: "max-w-100", medium: "max-w-140", large: "max-w-200" } as const;

/** Focus goes to the first field, not to the close button, whose tooltip would pop up over the title. */
function focusContent(event: Event): void {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  event.preventDefault();
  const field = content.querySelector<HTMLElement>(
    "[autofocus], input:not(:disabled):not([aria-hidden]), textarea:not(:disabled), [role=combobox], [role=radio][data-state=checked]",
  );
  (field ?? content).focus();
}

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly width?: keyof typeof widths;
  /** Buttons; the one that does it stands last. */
  readonly footer?: ReactNode;
  /** Long text without controls: the text itself takes focus, so that the arrow keys scroll it. */
  readonly reading?: boolean;
  readonly children: ReactNode;
}

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, width = "medium", footer, reading, children } = props;
  const t = useT();
  const returnFocus = useFocusReturn(open);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={scrim} />
        <Radix.Content
          onOpenAutoFocus={focusContent}
          onCloseAutoFocus={returnFocus}
          className={cn(sheet, widths[width])}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex shrink-0 items-start gap-2 px-4 pt-3 pb-2">
            <div className="min-w-0 flex-1 py-1">
              <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-body text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton icon={X} label={t("common.close")} className="-mr-1.5" />
            </Radix.Close>
          </header>
          <div
            {...(reading ? { tabIndex: 0, role: "region", "aria-label": title } : {})}
            className="focus-inset min-h-0 flex-1 overflow-y-auto px-4 pt-1 pb-4"
          >
            {children}
          </div>
          {footer && (
            <footer className="flex shrink-0 justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface AlertDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, and whether there is a way back. */
  readonly body: ReactNode;
  readonly confirm: string;
  readonly cancel?: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
}

/** A question before something that cannot be undone. Focus starts on the way out. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, body, confirm, cancel, danger = false, onConfirm } = props;
  const t = useT();
  const returnFocus = useFocusReturn(open);
  return (
    <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={scrim} />
        <RadixAlert.Content onCloseAutoFocus={returnFocus} className={cn(sheet, widths.small)}>
          <div className="px-4 pt-4 pb-4">
            <RadixAlert.Title className="text-read font-semibold">{title}</RadixAlert.Title>
            <RadixAlert.Description asChild>
              <div className="mt-1 text-body text-ink-2">{body}</div>
            </RadixAlert.Description>
          </div>
          <footer className="flex justify-end gap-2 border-t border-line px-4 py-3">
            <RadixAlert.Cancel asChild>
              <Button>{cancel ?? t("common.cancel")}</Button>
            </RadixAlert.Cancel>
            <RadixAlert.Action asChild>
              <Button variant={danger ? "danger" : "primary"} onClick={onConfirm}>
                {confirm}
              </Button>
            </RadixAlert.Action>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}
