import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";

/** Must be registered before the routes that it describes. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Tongdai", version: "1", description: "The gateway's REST interface." },
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer" },
          cookie: { type: "apiKey", in: "cookie", name: "tongdai_session" },
        },
      },
      security: [{ token: [] }, { cookie: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

const PAGE = "/api/docs";

export function docs(app: FastifyInstance): void {
  const hidden = { schema: { hide: true } };
  app.get("/api/openapi.json", hidden, async () => app.swagger());
  let page: Promise<FastifyInstance> | null = null;
  app.addHook("onClose", async () => (await page)?.close());
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    page ??= openPage(app);
    const { routing } = await page;
    // What answers from here on knows nothing of the headers that every answer of ours has.
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    routing(request.raw, reply.raw);
  };
  app.get(PAGE, hidden, show);
  app.get(`${PAGE}/*`, hidden, show);
}

/** Few ever read it, and its parts take as long to load as all else that starts: a server of its own when first asked. */
async function openPage(app: FastifyInstance): Promise<FastifyInstance> {
  const { default: swaggerUi } = await import("@fastify/swagger-ui");
  const page = Fastify();
  await page.register(swagger);
  await page.register(swaggerUi, { routePrefix: PAGE, transformSpecification: () => app.swagger() });
  await page.ready();
  return page;
}
