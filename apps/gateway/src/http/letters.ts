import { Id, LetterBody } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { readLetter } from "../features/conversations/index.ts";
import type { Api } from "./api.ts";
import { callerOf } from "./caller.ts";

/** Asking for the pictures of a letter makes us fetch them. */
const LETTERS_PER_MINUTE = 300;

export function letterRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/messages/:id/body",
    {
      config: { rateLimit: { max: LETTERS_PER_MINUTE } },
      schema: {
        tags: ["conversation"],
        summary: "A letter as it was written, cleaned",
        params: z.object({ id: Id }),
        querystring: z.object({ images: z.enum(["0", "1"]).default("0") }),
        response: { 200: LetterBody },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "work");
      reply.header("cache-control", "private, no-store");
      const images = request.query.images === "1";
      return readLetter(ctx, caller, { messageId: request.params.id, images });
    },
  );
}
