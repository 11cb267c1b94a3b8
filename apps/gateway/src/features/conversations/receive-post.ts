import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { postByExternalId, postById, shownBeneath, updatePost } from "../../store/posts.ts";
import type { PostRow } from "../../store/schema.ts";
import type { Inbound } from "./inbound-context.ts";
import { journalConversation } from "./journal-message.ts";
import { shownTime } from "./times.ts";

/** A post was changed or is gone. One beneath which nobody has written is of no concern. */
export async function receivePost(tx: Tx, ctx: Ctx, in_: Inbound<"post">): Promise<void> {
  const { account, event, item, receivedAt } = in_;
  const was = await postByExternalId(tx, account.id, event.externalId);
  if (!was || was.removed_at !== null) return;
  const change = event.text === null ? { removed_at: shownTime(item.at, receivedAt) } : { text: event.text };
  await changePost(tx, ctx, was, change);
}

/** Changes a post and tells of it to whoever works beneath it; everybody else reads it with the conversation. */
export async function changePost(tx: Tx, ctx: Ctx, was: PostRow, change: Partial<PostRow>): Promise<void> {
  await updatePost(tx, was.id, change);
  for (const { id } of await shownBeneath(tx, was.id)) await journalConversation(tx, ctx, id);
}

/** What the vendor told of a post; nothing of what is known better. */
export async function postTold(
  tx: Tx,
  ctx: Ctx,
  o: { postId: string; change: Partial<PostRow> },
): Promise<void> {
  const was = await postById(tx, o.postId);
  if (was) await changePost(tx, ctx, was, o.change);
}
