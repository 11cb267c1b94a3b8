import { AppError } from "@tongdai/shared";
import type { FastifyRequest } from "fastify";
import type { Caller, Ctx } from "../context.ts";
import { authenticate } from "../features/users/index.ts";
import { tokenOf } from "../realtime/token.ts";

interface Found {
  readonly token: string;
  readonly by: "bearer" | "cookie";
}

/** The session's token: the desktop and programs send it themselves, a browser by cookie. */
export function bearerOrCookie(request: FastifyRequest): Found | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{1,200})$/.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return { token: bearer, by: "bearer" };
  const cookie = tokenOf(request.headers.cookie);
  return cookie === undefined || cookie === "" ? null : { token: cookie, by: "cookie" };
}

/** Throws `unauthenticated`. */
export async function callerOf(ctx: Ctx, request: FastifyRequest): Promise<Caller> {
  const found = bearerOrCookie(request);
  if (!found) throw new AppError("unauthenticated", "log in first");
  return await authenticate(ctx, found.token);
}
