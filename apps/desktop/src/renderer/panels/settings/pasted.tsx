import { Copy } from "lucide-react";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";

interface PastedProps {
  readonly label: string;
  readonly shown: string;
  /** `null`: not whole yet. */
  readonly value: string | null;
}

/** What is to be pasted elsewhere, with a button that copies it. */
export function Pasted({ label, shown, value }: PastedProps) {
  const t = useT();
  const client = useClient();
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(() => toast(t("common.copied")), client.report);
  };
  return (
    <div>
      <dt className="text-small font-medium text-ink-2">{label}</dt>
      <dd className="flex items-center gap-2">
        <code className="min-w-0 flex-1 font-mono text-body wrap-anywhere text-ink select-text">{shown}</code>
        <Button
          size="small"
          icon={Copy}
          disabled={value === null}
          aria-label={t("admin.account.copyNamed", { name: label })}
          onClick={() => value !== null && copy(value)}
        >
          {t("common.copy")}
        </Button>
      </dd>
    </div>
  );
}
