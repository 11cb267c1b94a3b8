import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Our type sizes share the `text-` prefix with colours; without this the later of the two would win. */
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["small", "body", "read", "title"], radius: ["ui", "tight"], shadow: ["float"] },
  },
});

export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
