import type { CommandParsed } from "@tongdai/shared";
import { createUser, logIn } from "../features/users/index.ts";
import { createHttp, type Delivery, type HttpDeps } from "../http/index.ts";
import { type TestCtx, type TestOptions, testCtx } from "./test-ctx.ts";

export const PASSWORD = "mat khau dai";

type App = Awaited<ReturnType<typeof createHttp>>;

interface Upload {
  readonly method: "POST";
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload: Buffer | string;
}

export interface TestHttp {
  readonly ctx: TestCtx;
  readonly app: App;
  /** What came through the webhooks' door. */
  readonly deliveries: Delivery[];
  /** Makes a person, logs in and returns the headers that say so. */
  person(
    username: string,
    roles?: CommandParsed<"user.create">["roles"],
  ): Promise<{ id: string; headers: Record<string, string> }>;
  close(): Promise<void>;
}

/** The HTTP door on a real store, to be knocked at with `app.inject`. */
export async function testHttp(o: TestOptions & { deps?: Partial<HttpDeps> } = {}): Promise<TestHttp> {
  const ctx = await testCtx(o);
  const deliveries: Delivery[] = [];
  const receiveDelivery: HttpDeps["receiveDelivery"] = async (_ctx, delivery) =>
    void deliveries.push(delivery);
  // A slow machine turns nobody away.
  const limits = { loopDelayMs: Number.POSITIVE_INFINITY, ...o.deps?.limits };
  const app = await createHttp(ctx, { receiveDelivery, ...o.deps, limits });
  return {
    ctx,
    app,
    deliveries,
    async person(username, roles = ["agent"]) {
      const { id } = await createUser(ctx, null, { username, name: username, password: PASSWORD, roles });
      const { token } = await logIn(ctx, { username, password: PASSWORD, address: "", userAgent: "" });
      return { id, headers: { authorization: `Bearer ${token}` } };
    },
    async close() {
      await app.close();
      await ctx.close();
    },
  };
}

/** A multipart request with one file in it. */
export function fileUpload(
  content: Buffer,
  o: { name?: string; field?: string; mime?: string } = {},
): Upload {
  const boundary = "----boundary";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${o.field ?? "file"}"; filename="${o.name ?? "a.bin"}"\r\ncontent-type: ${o.mime ?? "application/octet-stream"}\r\n\r\n`;
  return {
    method: "POST",
    url: "/api/v1/media",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
