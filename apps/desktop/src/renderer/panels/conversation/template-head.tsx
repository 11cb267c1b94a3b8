import type { TemplateUse } from "@tongdai/shared";
import { LayoutTemplate } from "lucide-react";
import { useT } from "../../i18n/index.ts";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { priceText } from "./price-text.ts";

/** What kind of message it is, what it cost, and to which number it went. */
export function TemplateHead({ template }: { readonly template: TemplateUse }) {
  const t = useT();
  const words = [
    neutralise(template.name),
    template.price && priceText(template.price),
    template.phone && t("template.wentTo", { phone: formatPhone(template.phone) }),
  ];
  return (
    <p className="flex min-w-0 items-center gap-1 self-end text-small text-ink-3">
      <LayoutTemplate size={12} aria-hidden className="shrink-0" />
      <span className="shrink-0 font-medium">{t("template.mark")}</span>
      <span className="tabular truncate">{words.filter(Boolean).join(" · ")}</span>
    </p>
  );
}
