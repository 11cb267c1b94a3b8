import { AppError, type ErrorCode } from "@tongdai/shared";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import type { Ctx } from "../context.ts";
import { statusOf, toWireError } from "../errors.ts";

/** Every refusal leaves as `{ error: WireError }`; a bug is logged with its cause and told to nobody. */
export const answerError =
  (ctx: Ctx) =>
  (thrown: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = asAppError(thrown);
    if (error === null)
      ctx.log.error(
        { err: thrown, requestId: request.id, route: request.routeOptions.url },
        "request failed",
      );
    const wire = toWireError(error);
    const wait = wire.details?.["retryAfterSeconds"];
    if (typeof wait === "number") reply.header("retry-after", String(wait));
    else if (wire.code === "unavailable") reply.header("retry-after", "5");
    return reply.code(statusOf(wire.code)).send({ error: wire });
  };

export const answerNotFound = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.code(404).send({ error: { code: "not_found", message: "no such address" } });

/** `null` for what nobody expected. */
function asAppError(error: FastifyError): AppError | null {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error))
    return new AppError("invalid_input", "the request does not fit its schema", {
      fields: Object.fromEntries(
        error.validation.map((v) => [`${v.instancePath.slice(1).replaceAll("/", ".")}`, v.message]),
      ),
    });
  const code = codeOf(error.statusCode ?? 500);
  return code === null ? null : new AppError(code, error.message);
}

/** What the framework itself refuses: it names things by their status. */
function codeOf(status: number): ErrorCode | null {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 414) return "not_found";
  if (status === 413) return "too_large";
  if (status === 415 || status === 406) return "unsupported_media";
  if (status === 429) return "rate_limited";
  return status >= 400 && status < 500 ? "invalid_input" : null;
}
