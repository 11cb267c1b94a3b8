import * as z from "zod";
import { parseGatewayUrl } from "./gateway-url.ts";
import { readJson, writeJson } from "./json-file.ts";

const DEFAULT_GATEWAY = "http://127.0.0.1:4000";

const settingsSchema = z.strictObject({ gatewayUrl: z.string() });

interface GatewaySetting {
  gatewayUrl: string;
  source: "default" | "saved" | "managed";
}

export interface Settings {
  gateway(): GatewaySetting;
  saveGateway(url: string): void;
}

/** What the installer of the machine has set wins over what its user has typed. */
export function openSettings(file: string, managed: string | undefined): Settings {
  const managedUrl = managed ? parseGatewayUrl(managed) : undefined;
  if (managed && !managedUrl) {
    throw new Error(
      "TONGDAI_GATEWAY_URL must be an https:// address without a path (http:// only for 127.0.0.1)",
    );
  }
  let saved = parseGatewayUrl(readJson(file, settingsSchema)?.gatewayUrl ?? "");
  return {
    gateway: () => {
      if (managedUrl) return { gatewayUrl: managedUrl, source: "managed" };
      return saved
        ? { gatewayUrl: saved, source: "saved" }
        : { gatewayUrl: DEFAULT_GATEWAY, source: "default" };
    },
    saveGateway: (url) => {
      saved = url;
      writeJson(file, { gatewayUrl: url });
    },
  };
}
