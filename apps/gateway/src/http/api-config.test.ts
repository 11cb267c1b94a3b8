import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestHttp, testHttp } from "../testing/test-http.ts";

let http: TestHttp;
beforeEach(async () => {
  http = await testHttp();
});
afterEach(() => http.close());

test("what is no configuration is refused with a code at the door, and changes nothing", async () => {
  const { headers } = await http.person("sep", ["admin"]);
  const post = async (payload: string, by: Record<string, string> = headers) => {
    const type = { "content-type": "application/json" };
    const url = "/api/v1/config?apply=1";
    const answer = await http.app.inject({ method: "POST", url, headers: { ...by, ...type }, payload });
    return [answer.statusCode, answer.json().error?.code];
  };
  const file = (skills: string) => `{"format":"tongdai.config","version":1,"content":{"skills":${skills}}}`;
  expect(await post(file(`[{"name":"${"a".repeat(50 * 1024 * 1024)}"}]`))).toEqual([413, "too_large"]);
  expect(await post(file('[{"name":"Cắt ngang"}]').slice(0, -3))).toEqual([400, "invalid_input"]);
  expect(await post(file('[{"name":"a","__proto__":{"id":"b"}}]'))).toEqual([400, "invalid_input"]);
  expect(await post(file(`${"[".repeat(500_000)}${"]".repeat(500_000)}`))).toEqual([400, "invalid_input"]);
  const lan = await http.person("lan", ["supervisor"]);
  expect(await post(file('[{"name":"Của tôi"}]'), lan.headers)).toEqual([403, "forbidden"]);
  expect(await http.ctx.store.db.selectFrom("skill").selectAll().execute()).toEqual([]);
});
