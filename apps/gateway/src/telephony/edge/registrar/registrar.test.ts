import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../auth/index.ts";
import { fakeFlow } from "../testing/fake-flow.ts";
import { request } from "../testing/requests.ts";
import { createBindings, createRegistrar } from "./index.ts";

function bench(verdict: Verdict = { kind: "known", login: { user: "lan", session: "s1" } }) {
  const clock = fakeClock();
  const news: string[] = [];
  const bindings = createBindings(clock, (change) =>
    news.push(`${change.kind} ${change.binding.uri}${change.kind === "gone" ? ` ${change.why}` : ""}`),
  );
  const struck: string[] = [];
  const registrar = createRegistrar({
    clock,
    bindings,
    domains: ["tongdai"],
    authenticator: { verify: () => verdict },
    wrong: (flow) => struck.push(flow.remote.address),
  });
  let cseq = 0;
  const register = (
    headers: string[],
    options: { flow?: ReturnType<typeof fakeFlow>; to?: string; cseq?: number } = {},
  ) => {
    const { flow = fakeFlow("WS"), to = "<sip:lan@tongdai>" } = options;
    const sent = request("REGISTER", { to, headers, callId: "reg", cseq: options.cseq ?? ++cseq });
    const { status, headers: given = [] } = registrar.register(sent, flow);
    return [status, ...given.map((h) => h.value)];
  };
  return { clock, news, bindings, struck, register };
}

const contact = "Contact: <sip:x1@a.invalid;transport=ws>";

describe("REGISTER", () => {
  test("puts the device on the list, by its connection and not by its address", () => {
    const { bindings, register, news } = bench();
    const flow = fakeFlow("WS");
    expect(register([contact], { flow })).toEqual([200, "<sip:x1@a.invalid;transport=ws>;expires=600"]);
    expect(bindings.of("lan")).toMatchObject([{ user: "lan", session: "s1", flow: { id: flow.id } }]);
    expect(news).toEqual(["added sip:x1@a.invalid;transport=ws"]);
  });

  test("runs out by the clock unless it is renewed", () => {
    const { clock, bindings, register, news } = bench();
    register([contact, "Expires: 60"]);
    clock.advance(59_000);
    register([`${contact};expires=120`, "Expires: 60"]);
    clock.advance(119_999);
    expect(bindings.size).toBe(1);
    clock.advance(1);
    expect([bindings.size, clock.pending, news.at(-1)]).toEqual([
      0,
      0,
      "gone sip:x1@a.invalid;transport=ws expired",
    ]);
  });

  test("without a Contact only lists", () => {
    const { register } = bench();
    register([contact]);
    expect(register([])).toEqual([200, "<sip:x1@a.invalid;transport=ws>;expires=600"]);
  });

  test("by another connection moves the device, known by its instance or its address", () => {
    const { bindings, register, news } = bench();
    const device = ';+sip.instance="<urn:uuid:1>"';
    const [one, two] = [fakeFlow("WS"), fakeFlow("WS")];
    register([contact + device], { flow: one });
    register([`Contact: <sip:x2@b.invalid>${device}`], { flow: two });
    expect(bindings.of("lan")).toMatchObject([{ uri: "sip:x2@b.invalid", flow: { id: two.id } }]);
    bindings.lost(one);
    expect(news).toEqual(["added sip:x1@a.invalid;transport=ws", "moved sip:x2@b.invalid"]);
  });

  test("with Expires 0 takes one device off, with * every one", () => {
    const { bindings, register } = bench();
    register([contact, "Contact: <sip:x2@b.invalid>", "Contact: <sip:x3@c.invalid>"]);
    register([`${contact};expires=0`]);
    expect(bindings.of("lan").map((b) => b.uri)).toEqual(["sip:x2@b.invalid", "sip:x3@c.invalid"]);
    expect(register(["Contact: *", "Expires: 0"])).toEqual([200]);
  });

  test.for([
    ["* with a time", ["Contact: *", "Expires: 60"], 400],
    ["* beside another", ["Contact: *", contact, "Expires: 0"], 400],
    ["too short a time", [contact, "Expires: 10"], 423],
    ["a Contact that is no SIP address", ["Contact: <tel:+84901>"], 416],
    ["too many devices", Array.from({ length: 11 }, (_, i) => `Contact: <sip:x${i}@a.invalid>`), 403],
  ] as const)("with %s is refused, and changes nothing", ([, headers, status]) => {
    const { bindings, register } = bench();
    expect(register([...headers])[0]).toBe(status);
    expect(bindings.size).toBe(0);
  });

  test("for another's address is refused", () => {
    const { register, bindings } = bench();
    expect(register([contact], { to: "<sip:minh@tongdai>" })).toEqual([403]);
    expect(register([contact], { to: "<sip:lan@elsewhere>" })).toEqual([404]);
    expect(register([contact], { to: "<tel:+84901>" })).toEqual([404]);
    expect(bindings.size).toBe(0);
  });

  test("that is older than what is known is refused", () => {
    const { register, bindings } = bench();
    register([contact], { cseq: 7 });
    expect(register([`${contact};expires=0`], { cseq: 6 })).toEqual([500]);
    expect(bindings.size).toBe(1);
  });

  test("without the right answer is challenged, and a wrong password is a strike", () => {
    const headers = [{ name: "www-authenticate", value: "Digest" }];
    const asked = bench({ kind: "challenge", headers, wrong: false });
    expect([asked.register([contact]), asked.struck]).toEqual([[401, "Digest"], []]);
    const wrong = bench({ kind: "challenge", headers, wrong: true });
    expect([wrong.register([contact]), wrong.struck]).toEqual([[401, "Digest"], ["192.0.2.7"]]);
  });
});

describe("the table", () => {
  test("loses the devices of a connection with it", () => {
    const { bindings, register, news } = bench();
    const flow = fakeFlow("WS");
    register([contact], { flow });
    bindings.lost(flow);
    expect([bindings.size, news.at(-1)]).toEqual([0, "gone sip:x1@a.invalid;transport=ws road lost"]);
  });

  test("ends what a log-in registered when the log-in ends, connection included", () => {
    const { bindings, register } = bench();
    const flow = fakeFlow("WS");
    register([contact], { flow });
    bindings.revoke("other");
    expect([bindings.size, flow.open]).toEqual([1, true]);
    bindings.revoke("s1");
    expect([bindings.size, flow.open]).toEqual([0, false]);
  });
});
