import multipart from "@fastify/multipart";
import { AppError, cleanText, Id, Uploaded } from "@tongdai/shared";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Caller, Ctx } from "../context.ts";
import { assertMay, may, mayRead } from "../features/access.ts";
import { newId } from "../ids.ts";
import { conversationById } from "../store/conversations.ts";
import { insertMedia, mediaById } from "../store/media.ts";
import type { MediaRow } from "../store/schema.ts";
import type { Api } from "./api.ts";
import { callerOf } from "./caller.ts";
import { disposition } from "./disposition.ts";
import { parseRange } from "./range.ts";

export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
const UPLOADS_PER_MINUTE = 120;

const tags = ["media"];
const Params = z.object({ id: Id });

export async function mediaRoutes(api: Api, ctx: Ctx): Promise<void> {
  // One byte more than allowed may come through, so that the store's own limit is the one that speaks.
  await api.register(multipart, { limits: { files: 1, fields: 0, fileSize: MAX_UPLOAD_BYTES + 1 } });
  api.post(
    "/media",
    {
      bodyLimit: MAX_UPLOAD_BYTES + 64 * 1024,
      config: { rateLimit: { max: UPLOADS_PER_MINUTE } },
      schema: {
        tags,
        summary: "Upload one file (multipart, part `file`)",
        consumes: ["multipart/form-data"],
        response: { 200: Uploaded },
      },
    },
    async (request) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "work");
      return await upload(ctx, caller, request);
    },
  );
  api.get(
    "/media/:id",
    { schema: { tags, summary: "A file; ranges are served", params: Params } },
    async (request, reply) => {
      const row = await visibleMedia(ctx, await callerOf(ctx, request), request.params.id);
      return await sendFile(ctx, row, { request, reply });
    },
  );
  api.get(
    "/media/:id/thumbnail",
    { schema: { tags, summary: "A small WebP of a picture", params: Params } },
    async (request, reply) => {
      const row = await visibleMedia(ctx, await callerOf(ctx, request), request.params.id);
      if (row.thumbnail === 0) throw new AppError("not_found", "no small picture of this file");
      if (unchanged(request, reply, `"${row.hash}-s"`)) return reply.code(304).send();
      return reply.type("image/webp").send(await ctx.media.thumbnail(row.hash));
    },
  );
}

async function upload(ctx: Ctx, caller: Caller, request: FastifyRequest): Promise<Uploaded> {
  if (!request.isMultipart()) throw new AppError("unsupported_media", "send multipart/form-data");
  const part = await request.file().catch(refuseBroken);
  if (part?.fieldname !== "file") {
    part?.file.resume();
    throw new AppError("invalid_input", "one part named file is needed", { field: "file" });
  }
  try {
    const stored = await ctx.media
      .put(part.file, { maxBytes: MAX_UPLOAD_BYTES })
      // What the disk says is another matter.
      .catch((error: unknown) => (error === part.file.errored ? refuseBroken(error) : Promise.reject(error)));
    // No channel takes one, and it would fail only after it was sent.
    if (stored.size === 0) throw new AppError("empty_file", "the file is empty");
    const row = { id: newId(), name: safeName(part.filename), ...stored };
    await ctx.store.write((tx) =>
      insertMedia(tx, {
        ...row,
        thumbnail: row.thumbnail ? 1 : 0,
        uploaded_by: caller.userId,
        conversation_id: null,
        created_at: ctx.clock.now(),
      }),
    );
    const { id, kind, name, mime, size, thumbnail } = row;
    return { mediaId: id, kind, name, mime, size, thumbnail };
  } finally {
    // An answer before the end of the request would reach a browser as a broken connection.
    part.file.resume();
  }
}

/** The parser's errors have neither code nor status; what the framework itself refuses keeps its own. */
function refuseBroken(error: unknown): never {
  if (error instanceof Error && "statusCode" in error) throw error;
  throw new AppError("invalid_input", `the body cannot be read: ${String(error)}`);
}

/** For showing only; the part after the last slash of either kind. */
const safeName = (name: string): string =>
  cleanText(name.split(/[/\\]/).at(-1) ?? "")
    // Control characters, and marks that turn the direction of writing: "exe.png" must read as what it is.
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, "")
    .trim()
    .slice(0, 200) || "file";

/** The uploader sees a file, and whoever sees the conversation that it came in on or went out by. To others it is not there. */
async function visibleMedia(ctx: Ctx, caller: Caller, id: string): Promise<MediaRow> {
  const row = await mediaById(ctx.store, id);
  if (row && (row.uploaded_by === caller.userId || (await seesConversation(ctx, caller, row)))) return row;
  throw new AppError("not_found", "no such file");
}

async function seesConversation(ctx: Ctx, caller: Caller, row: MediaRow): Promise<boolean> {
  if (row.conversation_id === null || !may(caller, "work")) return false;
  const view = await conversationById(ctx.store, row.conversation_id);
  return view !== undefined && mayRead(ctx.store, caller, view);
}

async function sendFile(
  ctx: Ctx,
  row: MediaRow,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  if (unchanged(request, reply, `"${row.hash}"`)) return reply.code(304).send();
  const range = parseRange(request.headers.range, row.size);
  reply.header("accept-ranges", "bytes").header("content-disposition", disposition(row));
  if (range === "unsatisfiable")
    return reply
      .code(416)
      .header("content-range", `bytes */${row.size}`)
      .send({
        error: { code: "invalid_input", message: "no such part of the file" },
      });
  const { start, end } = range ?? { start: 0, end: row.size - 1 };
  if (range) reply.code(206).header("content-range", `bytes ${start}-${end}/${row.size}`);
  reply.header("content-length", String(Math.max(0, end - start + 1)));
  reply.type(row.mime === "text/plain" ? "text/plain; charset=utf-8" : row.mime);
  const stream = await ctx.media.stream(row.hash, range ?? undefined);
  return reply.send(stream);
}

/** Sets what every file has: kept by the asker only, never looked into, run by nobody. */
function unchanged(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply
    .header("etag", etag)
    .header("cache-control", "private, max-age=31536000, immutable")
    .header("content-security-policy", "sandbox; default-src 'none'")
    .header("x-content-type-options", "nosniff");
  return request.headers["if-none-match"] === etag;
}
