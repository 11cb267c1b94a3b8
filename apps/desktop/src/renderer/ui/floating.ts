/** What everything that floats shares: one surface, one shadow, one way to appear. */
export const floating =
  "z-50 animate-appear overflow-hidden rounded-ui bg-raised text-body text-ink shadow-float outline-none";

export const menuItem =
  "relative flex h-8 select-none items-center gap-2 rounded-tight px-2 text-body text-ink outline-none data-highlighted:bg-hover data-disabled:opacity-50 [&>svg]:shrink-0 [&>svg]:text-ink-3";

export const menuItemDanger = "text-red-ink [&>svg]:text-red-ink";
