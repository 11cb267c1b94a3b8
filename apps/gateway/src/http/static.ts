import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { answerNotFound } from "./errors.ts";

/** Their names change with their content. */
const HASHED = /[/\\]assets[/\\]/;
const OURS = /^\/(api|webhooks|socket\.io|healthz|readyz|metrics)(\/|$)/;

/** The agents' client. Any address that is not a file is the client's own and gets its page. */
export async function webClient(app: FastifyInstance, webRoot: string): Promise<void> {
  const root = resolve(webRoot);
  if (!existsSync(join(root, "index.html")))
    throw new Error(`TONGDAI_WEB_ROOT (${root}) holds no index.html: build the client first.`);
  await app.register(fastifyStatic, {
    root,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header(
        "cache-control",
        HASHED.test(path.slice(root.length).replaceAll(sep, "/"))
          ? "public, max-age=31536000, immutable"
          : "no-cache",
      ),
  });
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (page && !OURS.test(request.url)) return reply.sendFile("index.html");
    return answerNotFound(request, reply);
  });
}
