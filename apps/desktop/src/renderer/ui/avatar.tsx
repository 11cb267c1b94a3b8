import { type ReactNode, useState } from "react";
import { cn } from "./cn.ts";
import { initials, stableIndex } from "./text.ts";
import { tints } from "./tints.ts";

const sizes = {
  small: "size-6 text-[10px]",
  medium: "size-8 text-small",
  large: "size-10 text-body",
} as const;

interface AvatarProps {
  readonly name: string;
  /** Keeps the tint when the name changes. */
  readonly id: string;
  readonly src?: string | undefined;
  readonly size?: keyof typeof sizes;
  /** A channel icon or a state, at the lower right. */
  readonly corner?: ReactNode;
}

/** Always stands beside the name it belongs to, so it says nothing of its own to a screen reader. */
export function Avatar({ name, id, src, size = "medium", corner }: AvatarProps) {
  const [failed, setFailed] = useState<string>();
  const picture = src && src !== failed;
  return (
    <span aria-hidden={corner === undefined || undefined} className="relative inline-flex shrink-0">
      <span
        aria-hidden
        data-edge
        // A picture made of letters, not text: a button around it is not named by it.
        data-initials={picture ? undefined : initials(name)}
        className={cn(
          "before:content-[attr(data-initials)] inline-flex items-center justify-center overflow-hidden rounded-full font-semibold select-none",
          sizes[size],
          tints[stableIndex(id, tints.length)],
        )}
      >
        {picture && (
          <img
            src={src}
            alt=""
            loading="lazy"
            onError={() => setFailed(src)}
            className="size-full object-cover"
          />
        )}
      </span>
      {corner && (
        <span className="absolute -right-1 -bottom-1 flex items-center justify-center rounded-full bg-surface p-px">
          {corner}
        </span>
      )}
    </span>
  );
}
