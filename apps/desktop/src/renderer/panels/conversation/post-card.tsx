import type { Post } from "@tongdai/shared";
import { ExternalLink, Newspaper } from "lucide-react";
import { useClient, useMedia } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { openLink } from "../open-link.ts";

/** What the comments below stand beneath, always in sight: without it "how much is this?" says nothing. */
export function PostCard({ post }: { readonly post: Post }) {
  const t = useT();
  const client = useClient();
  const { url } = post;
  const picture = useMedia(post.pictureMediaId, "thumbnail");
  return (
    <section
      aria-label={t("comments.post")}
      className="flex shrink-0 items-center gap-3 border-b border-line bg-sunken px-4 py-2"
    >
      {picture && picture !== "failed" ? (
        <img src={picture} alt="" className="size-12 shrink-0 rounded-tight object-cover" />
      ) : (
        <Newspaper size={20} aria-hidden className="shrink-0 text-ink-3" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-small text-ink-3">
          {t("comments.post")}
          {post.postedAt !== null && <time className="tabular">{formatDateTime(post.postedAt)}</time>}
          {post.removed && <Badge tone="red">{t("comments.postGone")}</Badge>}
        </p>
        <p className="line-clamp-2 text-body text-ink">
          {neutralise(post.text) || <span className="text-ink-3">{t("comments.noWords")}</span>}
        </p>
      </div>
      {url !== null && !post.removed && (
        <Button size="small" variant="ghost" icon={ExternalLink} onClick={() => openLink(client, url)}>
          {t("comments.openPost")}
        </Button>
      )}
    </section>
  );
}
