import type { ReactNode } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";

export type ChannelKind = "voice" | "facebook" | "facebook_comments" | "zalo" | "sms" | "email";

/** Told apart by their shape alone; the tint only helps. Drawn on a 16-pixel grid. */
const glyphs: Record<ChannelKind, ReactNode> = {
  voice: (
    <path d="M5.2 2.2 3.4 3.1c-.8.4-1.1 1.2-.9 2 .9 4 3.9 7.2 7.9 8.3.8.2 1.7-.1 2.1-.9l.9-1.7-2.8-1.9-1.4 1.2c-1.4-.7-2.5-1.8-3.2-3.2l1.2-1.4z" />
  ),
  facebook: (
    <>
      <path d="M8 2.2c-3.4 0-6 2.4-6 5.5 0 1.7.8 3.2 2.1 4.2v2l2-1.1c.6.2 1.2.3 1.9.3 3.4 0 6-2.4 6-5.4S11.4 2.2 8 2.2Z" />
      <path d="m4.9 9.1 2.3-2.4 1.7 1.5 2.2-1.5" />
    </>
  ),
  facebook_comments: (
    <>
      <rect x="2.2" y="2.2" width="11.6" height="6.2" rx="1.5" />
      <path d="M4.8 5.3h6.4M4.4 8.4v3.9h2.3M9 10.4h4.8v3.4H9z" />
    </>
  ),
  zalo: (
    <>
      <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="3" />
      <path d="M5.7 5.5h4.6l-4.6 5h4.6" />
    </>
  ),
  sms: (
    <>
      <path d="M2.5 3.2h11v7.6H7.6L4.7 13.3v-2.5H2.5z" />
      <path d="M5.3 7h.01M8 7h.01M10.7 7h.01" strokeWidth="1.8" />
    </>
  ),
  email: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1.5" />
      <path d="m2.5 4.5 5.5 4 5.5-4" />
    </>
  ),
};

const tints: Record<ChannelKind, string> = {
  voice: "text-channel-voice",
  facebook: "text-channel-facebook",
  facebook_comments: "text-channel-facebook",
  zalo: "text-channel-zalo",
  sms: "text-channel-sms",
  email: "text-channel-email",
};

interface ChannelIconProps {
  readonly channel: ChannelKind;
  readonly size?: number;
  /** When the channel's name stands beside it. */
  readonly decorative?: boolean;
  readonly className?: string;
}

export function ChannelIcon({ channel, size = 16, decorative = false, className }: ChannelIconProps) {
  const t = useT();
  return (
    <span
      {...(decorative ? {} : { role: "img", "aria-label": t(`common.channel.${channel}`) })}
      className={cn("inline-flex shrink-0", tints[channel], className)}
    >
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {glyphs[channel]}
      </svg>
    </span>
  );
}
