import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.ts";

interface DemoPage {
  readonly pageId: string;
  readonly name: string;
  readonly token: string;
}
interface DemoApp {
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly pages: readonly DemoPage[];
}
interface DemoUser {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
}
export interface Demo {
  readonly facebook: { readonly apps: readonly DemoApp[] };
  readonly password: string;
  readonly users: readonly DemoUser[];
}

/** The same file from which the gateway seeds its store. */
export function readDemo(): Demo {
  return JSON.parse(readFileSync(join(root, "apps/gateway/demo.json"), "utf8")) as Demo;
}

/** What the Facebook simulator reads from SIM_CONFIG. */
export function simulatorConfig(demo: Demo, gatewayUrl: string): string {
  const apps = demo.facebook.apps.map(({ appId, appSecret, verifyToken, pages }) => ({
    appId,
    appSecret,
    verifyToken,
    webhookUrl: `${gatewayUrl}/webhooks/facebook/${appId}`,
    pages: pages.map(({ pageId, name, token }) => ({ pageId, name, token })),
  }));
  return JSON.stringify(apps);
}

export function logInTable(demo: Demo): string[] {
  const widest = (values: string[]) => Math.max(...values.map((value) => value.length));
  const first = widest(demo.users.map((user) => user.username));
  const second = widest(demo.users.map((user) => user.name));
  return demo.users.map((user) =>
    [user.username.padEnd(first), user.name.padEnd(second), user.roles.join(", ")].join("   "),
  );
}
