import type { Server } from "node:http";

export async function listen(
  server: Server,
  { port, host }: { port: number; host: string },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}
