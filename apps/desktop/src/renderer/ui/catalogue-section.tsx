import type { ReactNode } from "react";

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mb-3 break-inside-avoid rounded-ui bg-surface p-3 shadow-[0_0_0_1px_var(--line)]">
      <h2 className="mb-2 text-small font-medium text-ink-3">{title}</h2>
      <div className="flex flex-wrap items-center gap-2">{children}</div>
    </section>
  );
}
