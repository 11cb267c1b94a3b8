import { LoggedIn, LogIn, User } from "@tongdai/shared";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { logIn, logOut } from "../features/users/index.ts";
import { toUser } from "../presenters/people.ts";
import { SESSION_COOKIE } from "../realtime/token.ts";
import { userById } from "../store/people.ts";
import type { Api } from "./api.ts";
import { bearerOrCookie, callerOf } from "./caller.ts";

/** As long as a session can last; the gateway ends it earlier. */
const COOKIE_SECONDS = 30 * 24 * 3_600;
/** Of everybody at one address together, good log-ins included: more than an office ever needs. */
const LOG_INS_PER_MINUTE = 300;

const tags = ["session"];

export function sessionRoutes(api: Api, ctx: Ctx): void {
  api.post(
    "/sessions",
    {
      config: { rateLimit: { max: LOG_INS_PER_MINUTE, keyGenerator: (r: FastifyRequest) => r.ip } },
      schema: { tags, summary: "Log in", security: [], body: LogIn, response: { 200: LoggedIn } },
    },
    async (request, reply) => {
      const { carry, ...given } = request.body;
      const userAgent = request.headers["user-agent"] ?? "";
      const { user, token } = await logIn(ctx, { ...given, address: request.ip, userAgent });
      reply.header("cache-control", "no-store");
      if (carry === "token") return { user, token };
      reply.setCookie(SESSION_COOKIE, token, { ...cookie(request), maxAge: COOKIE_SECONDS });
      return { user, token: null };
    },
  );
  api.delete(
    "/sessions/current",
    { schema: { tags, summary: "Log out", response: { 204: z.null() } } },
    async (request, reply) => {
      reply.clearCookie(SESSION_COOKIE, cookie(request));
      await logOut(ctx, await callerOf(ctx, request));
      return reply.code(204).send(null);
    },
  );
  api.get(
    "/me",
    {
      schema: {
        tags,
        summary: "Who is logged in; 204 for whoever brings no session",
        response: { 200: User, 204: z.null() },
      },
    },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      // Every log-in page asks: a refusal would stand as an error in each browser's log.
      if (request.headers.authorization === undefined && !bearerOrCookie(request))
        return reply.code(204).send(null);
      const { userId } = await callerOf(ctx, request);
      const row = await userById(ctx.store, userId);
      if (!row) throw new Error(`session of a person who is not there: ${userId}`);
      return toUser(row);
    },
  );
}

const cookie = (request: FastifyRequest) => ({
  path: "/",
  httpOnly: true,
  sameSite: "strict" as const,
  secure: request.protocol === "https",
});
