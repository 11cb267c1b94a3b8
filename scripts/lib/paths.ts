import { join, relative, resolve } from "node:path";

export const root: string = resolve(import.meta.dirname, "../..");

export const gatewayEntry: string = join(root, "apps/gateway/dist/main.js");
export const rendererDir: string = join(root, "apps/desktop/dist/renderer");
export const artefactsDir: string = join(root, "artefacts");

export function dataDir(): string {
  return resolve(root, process.env["TONGDAI_DATA_DIR"] ?? "data");
}

/** As a person in the checkout would type it. */
export function shown(path: string): string {
  const short = relative(root, path);
  return short.startsWith("..") ? path : `./${short}`;
}
