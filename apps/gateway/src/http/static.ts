import { existsSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { answerNotFound } from "./errors.ts";

/** Their names change with their content. */
const HASHED = /[/\\]assets[/\\]/;
/** Other people's pages load it. */
const FOR_OTHERS = /^\/web-call\//;
const OURS = /^\/(api|webhooks|socket\.io|web-call|healthz|readyz|metrics)(\/|$)/;

/** The agents' client. Any address that is not a file is the client's own and gets its page. */
export async function webClient(app: FastifyInstance, webRoot: string): Promise<void> {
  const root = resolve(webRoot);
  if (!existsSync(join(root, "index.html")))
    throw new Error(`TONGDAI_WEB_ROOT (${root}) holds no index.html: build the client first.`);
  await app.register(fastifyStatic, {
    root,
    wildcard: true,
    cacheControl: false,
    setHeaders(reply, file) {
      const path = file.slice(root.length).replaceAll(sep, "/");
      void reply.header(
        "cache-control",
        HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      );
      if (FOR_OTHERS.test(path)) void reply.header("cross-origin-resource-policy", "cross-origin");
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (page && !OURS.test(request.url)) return reply.sendFile("index.html");
    return answerNotFound(request, reply);
  });
}
