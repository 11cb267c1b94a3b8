import type { ServerResponse } from "node:http";
import type { Sim } from "./sim.ts";
import { ACCESS_LIVES_MS, hashOf, newToken, type Oa, oaOf, REFRESH_LIVES_MS } from "./world.ts";

const CODE_LIVES_MS = 10 * 60_000;

/** The person's page: which of the app's accounts may the app speak for? */
export function permissionPage(sim: Sim, url: URL, response: ServerResponse): void {
  const { searchParams: query } = url;
  const app = sim.world.apps.get(query.get("app_id") ?? "");
  const back = query.get("redirect_uri") ?? "";
  const html = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  const isKnown = app && URL.canParse(back) && (app.redirectUris ?? [back]).includes(back);
  if (!isKnown || !query.get("code_challenge")) {
    const why = app ? "-14003: Invalid redirect uri" : "-14002: Invalid application id";
    response.writeHead(200, html).end(`<!doctype html><h1>Zalo</h1><p>${why}</p>`);
    return;
  }
  const links = app.oas.map(({ oaId, name }) => {
    const to = new URLSearchParams({ ...Object.fromEntries(query), oa_id: oaId });
    return `<li><a href="/v4/oa/permission/allow?${escaped(to.toString())}">Cho phép: ${escaped(name)}</a></li>`;
  });
  response
    .writeHead(200, html)
    .end(
      `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Zalo giả lập: cấp quyền</title><style>${STYLE}</style><main><h1>Ứng dụng ${escaped(app.appId)} xin quyền quản lý OA</h1><p>Trang này đóng vai trang cấp quyền của Zalo. Chọn OA muốn nối với tổng đài.</p><ul>${links.join("")}</ul></main>`,
    );
}

const STYLE = `html{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}main{max-width:34rem;margin:12vh auto;padding:0 1rem}
h1{font-size:1.25rem}ul{list-style:none;padding:0}a{display:block;margin:.5rem 0;padding:.6rem 1rem;border-radius:8px;background:#0a5ae2;color:#fff;text-decoration:none}`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The person has allowed it: back to the app with a code that is good once, for ten minutes. */
export function allow(sim: Sim, url: URL, response: ServerResponse): void {
  response.writeHead(302, { location: allowed(sim, url.searchParams) }).end();
}

/** Where the person's browser is sent. */
export function allowed(sim: Sim, query: URLSearchParams): string {
  const oa = oaOf(sim.world, query.get("oa_id") ?? "");
  const code = newToken();
  sim.world.codes.set(code, {
    oaId: oa.options.oaId,
    appId: query.get("app_id") ?? "",
    challenge: query.get("code_challenge") ?? "",
    until: sim.time.windowNow() + CODE_LIVES_MS,
  });
  const back = new URL(query.get("redirect_uri") ?? "");
  back.searchParams.set("oa_id", oa.options.oaId);
  back.searchParams.set("code", code);
  const state = query.get("state");
  if (state) back.searchParams.set("state", state);
  return back.href;
}

export type TokenAnswer = Readonly<Record<string, string | number>>;

/** The token door. A refresh token is good once, and with a new access token the old one is dead. */
export function answerToken(sim: Sim, secretKey: string, form: URLSearchParams): TokenAnswer {
  const app = sim.world.apps.get(form.get("app_id") ?? "");
  if (!app || secretKey !== app.appSecret) return no(-14004, "Invalid app secret");
  const isCode = form.get("grant_type") === "authorization_code";
  const oa = isCode ? oaOfCode(sim, form) : oaOfRefresh(sim, form);
  if (typeof oa === "string") return no(isCode ? -14010 : -14014, oa);
  const now = sim.time.windowNow();
  oa.grant = {
    accessToken: newToken(),
    accessUntil: now + ACCESS_LIVES_MS,
    refreshToken: newToken(),
    refreshUntil: now + REFRESH_LIVES_MS,
  };
  sim.changed();
  return {
    access_token: oa.grant.accessToken,
    refresh_token: oa.grant.refreshToken,
    expires_in: String(ACCESS_LIVES_MS / 1_000),
  };
}

function oaOfCode(sim: Sim, form: URLSearchParams): Oa | string {
  const code = form.get("code") ?? "";
  const given = sim.world.codes.get(code);
  sim.world.codes.delete(code);
  if (!given || given.appId !== form.get("app_id") || given.until < sim.time.windowNow())
    return "Invalid code";
  return hashOf(form.get("code_verifier") ?? "") === given.challenge
    ? oaOf(sim.world, given.oaId)
    : "Invalid code verifier";
}

function oaOfRefresh(sim: Sim, form: URLSearchParams): Oa | string {
  const token = form.get("refresh_token");
  const oa = [...sim.world.oas.values()].find(({ grant }) => grant?.refreshToken === token);
  return oa?.grant && oa.grant.refreshUntil > sim.time.windowNow() ? oa : "Invalid refresh token";
}

const no = (error: number, error_name: string): TokenAnswer => ({
  error,
  error_name,
  error_reason: error_name,
  ref_doc: "https://developers.zalo.me/docs",
});
