import { AppError, type Attachment } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { openAccount } from "../features/channel-accounts/index.ts";
import { attachmentsOf, changeMessage, OutboxPayload, postTold } from "../features/conversations/index.ts";
import { applyProfile } from "../features/customers/index.ts";
import { newId } from "../ids.ts";
import type { StoredMedia } from "../media/media-store.ts";
import { conversationOfIdentity } from "../store/conversations.ts";
import type { Tx } from "../store/index.ts";
import { fromJson } from "../store/json.ts";
import { insertMedia } from "../store/media.ts";
import { messageById } from "../store/messages.ts";
import { removeOutbox } from "../store/outbox.ts";
import { conversationsBeneath } from "../store/posts.ts";
import { withTimeout } from "../with-timeout.ts";
import type { PostFacts, Profile } from "./channel.ts";
import { pauseOf, pauseWith } from "./outbound-pause.ts";
import type { Attempt } from "./outbound-send.ts";

const MAX_BYTES = 100 * 1024 * 1024;
const AVATAR_BYTES = 5 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 60_000;
const PROFILE_TIMEOUT_MS = 10_000;

/** These may pass; everything else will be the same the next time. */
const PASSING = /^(timeout|unreachable|http_(408|425|429|5\d\d))$/;

/** Copies an attachment before the vendor's address expires; after the last try its place shows why it is missing. */
export async function fetchMediaOf(ctx: Ctx, a: Attempt, attempts: number): Promise<void> {
  const owed = fromJson(OutboxPayload.fetch_media, a.row.payload);
  try {
    const stored = await ctx.fetchMedia(owed.url, { maxBytes: MAX_BYTES, timeoutMs: FETCH_TIMEOUT_MS });
    await finish(ctx, a, { ...owed, stored, failure: null });
  } catch (error) {
    const failure = failureOf(error);
    if (PASSING.test(failure) && a.row.attempts < attempts) return a.retryLater({ afterMs: null });
    await finish(ctx, a, { ...owed, stored: null, failure });
  }
}

interface Fetched {
  readonly messageId: string;
  readonly attachmentId: string;
  readonly stored: StoredMedia | null;
  readonly failure: string | null;
}

function finish(ctx: Ctx, a: Attempt, o: Fetched): Promise<void> {
  return ctx.store.write(async (tx) => {
    await removeOutbox(tx, a.row.id);
    const was = await messageById(tx, o.messageId);
    const old = was && attachmentsOf(was).find((x) => x.id === o.attachmentId);
    if (!was || !old) return;
    const mediaId = o.stored
      ? await keep(tx, ctx, { stored: o.stored, name: old.name, conversationId: was.conversation_id })
      : null;
    const next = attachmentsOf(was).map((x) => (x.id === old.id ? settled(x, o, mediaId) : x));
    await changeMessage(tx, ctx, { was, change: { attachments: JSON.stringify(next) } });
  });
}

const settled = (x: Attachment, o: Fetched, mediaId: string | null): Attachment =>
  o.stored
    ? {
        ...x,
        state: "ready",
        mediaId,
        mime: o.stored.mime,
        size: o.stored.size,
        thumbnail: o.stored.thumbnail,
        width: o.stored.width,
        height: o.stored.height,
      }
    : { ...x, state: "failed", failure: o.failure };

async function keep(
  tx: Tx,
  ctx: Ctx,
  o: { stored: StoredMedia; name: string; conversationId: string | null },
): Promise<string> {
  const id = newId();
  await insertMedia(tx, {
    id,
    name: o.name,
    ...o.stored,
    thumbnail: o.stored.thumbnail ? 1 : 0,
    uploaded_by: null,
    conversation_id: o.conversationId,
    created_at: ctx.clock.now(),
  });
  return id;
}

/** Asks the vendor who this is. Without an answer the customer keeps the placeholder until the next message asks again. */
export async function fetchProfileOf(ctx: Ctx, a: Attempt, attempts: number): Promise<void> {
  const owed = fromJson(OutboxPayload.fetch_profile, a.row.payload);
  let profile: Profile | null = null;
  try {
    const account = openAccount(ctx, a.account);
    profile = await withTimeout(ctx.clock, PROFILE_TIMEOUT_MS, (signal) =>
      account.profile(owed.externalId, signal),
    );
  } catch (err) {
    ctx.log.warn({ err, account: a.account.id }, "no profile");
    const pause = pauseOf(err);
    if (pause) return ctx.store.write((tx) => pauseWith(tx, ctx, a, pause));
    if (a.row.attempts < attempts) return a.retryLater({ afterMs: null });
    await ctx.store.write((tx) => removeOutbox(tx, a.row.id));
    return;
  }
  const picture = profile?.pictureUrl ? await pictureOf(ctx, profile.pictureUrl) : null;
  await ctx.store.write(async (tx) => {
    await removeOutbox(tx, a.row.id);
    const view = await conversationOfIdentity(tx, a.account.id, owed.externalId);
    const conversationId = view?.id ?? null;
    const avatar = picture
      ? { avatarMediaId: await keep(tx, ctx, { stored: picture, name: "avatar", conversationId }) }
      : {};
    await applyProfile(tx, {
      identityId: owed.identityId,
      name: profile?.name ?? null,
      at: ctx.clock.now(),
      ...avatar,
    });
  });
}

/** Asks the vendor what a post says. Without an answer its comments stand beneath a post without words. */
export async function fetchPostOf(ctx: Ctx, a: Attempt, attempts: number): Promise<void> {
  const { postId, externalId } = fromJson(OutboxPayload.fetch_post, a.row.payload);
  let facts: PostFacts | null = null;
  try {
    const account = openAccount(ctx, a.account);
    facts = await withTimeout(
      ctx.clock,
      PROFILE_TIMEOUT_MS,
      async (signal) => (await account.post?.(externalId, signal)) ?? null,
    );
  } catch (err) {
    ctx.log.warn({ err, account: a.account.id }, "no post");
    const pause = pauseOf(err);
    if (pause) return ctx.store.write((tx) => pauseWith(tx, ctx, a, pause));
    if (a.row.attempts < attempts) return a.retryLater({ afterMs: null });
  }
  const picture = facts?.pictureUrl ? await pictureOf(ctx, facts.pictureUrl) : null;
  await ctx.store.write(async (tx) => {
    await removeOutbox(tx, a.row.id);
    if (!facts) return;
    const [beneath] = await conversationsBeneath(tx, postId);
    const conversationId = beneath?.id ?? null;
    const shown = picture && {
      picture_media_id: await keep(tx, ctx, { stored: picture, name: "post", conversationId }),
    };
    const { text, url, postedAt: posted_at } = facts;
    await postTold(tx, ctx, { postId, change: { text, posted_at, ...(url !== null && { url }), ...shown } });
  });
}

async function pictureOf(ctx: Ctx, url: string): Promise<StoredMedia | null> {
  try {
    const stored = await ctx.fetchMedia(url, { maxBytes: AVATAR_BYTES, timeoutMs: PROFILE_TIMEOUT_MS });
    return stored.kind === "image" ? stored : null;
  } catch (err) {
    ctx.log.warn({ err }, "no profile picture");
    return null;
  }
}

const failureOf = (error: unknown): string =>
  error instanceof AppError && typeof error.details?.["failure"] === "string"
    ? error.details["failure"]
    : "unreachable";
