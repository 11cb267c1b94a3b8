import type { JsonObject } from "../../kit/json.ts";
import { asText } from "../../kit/json.ts";
import type { MediaFile } from "../../kit/media.ts";
import type { Faults } from "../core/faults.ts";
import type { AppOptions } from "../core/options.ts";
import { appSecretProof, sameText } from "../core/signature.ts";
import type { Grant, Page, World } from "../core/world.ts";
import { errors } from "./errors.ts";

export interface GraphCall {
  readonly method: string;
  /** Path segments without the version. */
  readonly path: readonly string[];
  readonly values: JsonObject;
  readonly file: MediaFile | undefined;
  readonly token: string | undefined;
}

export interface GraphReply {
  readonly json: JsonObject;
  readonly status?: number;
  /** Runs once the answer is on its way. */
  readonly after?: () => void;
  readonly closeInstead?: boolean;
  readonly delayMs?: number;
}

export interface PageCaller {
  readonly page: Page;
  readonly grant: Grant;
}

/** Who calls: the page whose token this is. `pageId` from the path must be that page, or `me`. */
export function pageCaller(
  { world, faults }: { world: World; faults: Faults },
  call: GraphCall,
  pageId: string,
): PageCaller {
  const { grant, page } = grantOf(world, call.token);
  if (grant.revoked || faults.strike("token.revoked")) throw errors.revokedToken();
  checkProof(grant.app, call);
  if (pageId !== "me" && pageId !== page.id) throw errors.noObject(pageId, call.method.toLowerCase());
  return { page, grant };
}

function grantOf(world: World, token: string | undefined): { grant: Grant; page: Page } {
  if (!token) throw errors.noToken();
  for (const page of world.pages.values()) {
    const grant = page.grants.find((candidate) => sameText(candidate.token, token));
    if (grant) return { grant, page };
  }
  throw errors.badToken();
}

/** "app id|app secret", the token of an app rather than of a page. */
export function appCaller(world: World, call: GraphCall): AppOptions {
  if (!call.token) throw errors.noToken();
  const [appId = "", secret = ""] = call.token.split("|");
  const app = world.apps.get(appId);
  if (!app || !sameText(app.appSecret, secret)) throw errors.badToken();
  return app;
}

function checkProof(app: AppOptions, call: GraphCall): void {
  const proof = asText(call.values["appsecret_proof"]);
  if (proof === undefined) {
    if (app.requireProof) throw errors.proofRequired();
    return;
  }
  if (!sameText(proof, appSecretProof(app.appSecret, call.token ?? ""))) throw errors.badProof();
}
