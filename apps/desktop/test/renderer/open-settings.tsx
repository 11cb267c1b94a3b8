import Settings from "../../src/renderer/panels/settings/settings.tsx";
import { Toaster } from "../../src/renderer/ui/toast.tsx";
import { morning, page } from "./builders.ts";
import { type Script, scripted } from "./script.ts";
import { show } from "./show.tsx";

export const adminRights = ["agents.see", "channels.manage", "people.manage", "audit.read"];
export const troubled = {
  ...page,
  health: { state: "login_needed", since: morning, lastInboundAt: null, lastError: "Error validating token" },
} as const;

/** The settings at one of their places, for somebody with these rights, beside a page in trouble. */
export async function openSettings(section: string, script: Script = {}, permissions = adminRights) {
  const quiet: Script = { "channel_account.backlog": () => ({ accounts: [] }) };
  const desk = await scripted(
    { ...quiet, ...script },
    {
      hash: `#/settings/${section}`,
      snapshot: { permissions, accounts: [troubled] },
    },
  );
  const page = (
    <>
      <Settings />
      <Toaster />
    </>
  );
  return { ...desk, ...show(desk, page) };
}

/** What was last asked of the gateway by this name. */
export const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;
