import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";
import { freePort } from "../support/free-port.ts";
import { nodePhone } from "../support/node-phone.ts";
import type { Person } from "../support/person.ts";
import { lastTalk, logIn, rings, type TestPhone, takeCall } from "../support/phone-world.ts";
import { type Trunk, trunkTo } from "../support/trunk.ts";
import { until } from "../support/until.ts";
import { wordsForMedia } from "../support/words-for-media.ts";
import { type World, world } from "../support/world.ts";

const NUMBER = "19001234";

describe.each(["sqlite", "postgres"] as const)(
  "calls among our own people, by their desktops' phones, on %s",
  (engine) => {
    let w: World;
    let trunk: Trunk;
    let undo: (() => unknown)[];
    let lan: Person;
    let minh: Person;
    let lanPhone: TestPhone;
    let minhPhone: TestPhone;

    beforeEach(async () => {
      const port = await freePort();
      const listen = { host: "127.0.0.1", port };
      const trunks = [{ id: "carrier", addresses: ["127.0.0.1"] }];
      w = await world({
        engine,
        config: { telephony: { domain: "example.com", listen, trunks, rtpengine: null, music: null } },
      });
      undo = [wordsForMedia(), webSocketWithOrigin("app://tongdai")];
      const account = {
        id: null,
        channel: "voice",
        name: "Tổng đài",
        queueId: w.queueId,
        enabled: true,
      } as const;
      await saveAccount(w.gateway.ctx, null, { ...account, config: { number: NUMBER } });
      trunk = await trunkTo(port);
      [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
      [lanPhone, minhPhone] = [await phoneOf(lan), await phoneOf(minh)];
    });
    afterEach(async () => {
      trunk.close();
      for (const { phone } of [lanPhone, minhPhone]) await phone.disconnect();
      for (const each of undo) each();
      await w.close();
    });

    async function phoneOf(who: Person): Promise<TestPhone> {
      const { phone: login } = await who.call("phone.register", {});
      if (!login) throw new Error("no telephony");
      const [user = "", domain = ""] = login.address.replace("sip:", "").split("@");
      const server = new URL(login.server, w.gateway.url).href.replace(/^http/, "ws");
      const phone = nodePhone(user);
      await logIn(phone, {
        server,
        user,
        domain,
        username: login.name,
        password: login.password,
        relays: [],
      });
      await who.hear("agent.changed", ({ agent }) => agent.userId === who.userId && agent.phone === true);
      return phone;
    }
    const talking = (phone: TestPhone): Promise<void> =>
      until(async () => (await lastTalk(phone))?.phase === "talking", `${phone.user} to talk`);
    const endOf = async (phone: TestPhone, talkId: string) => {
      const over = async () =>
        (await phone.events()).findLast(
          (e) => e.kind === "talk" && e.talk.id === talkId && e.talk.phase === "ended",
        );
      await until(async () => (await over()) !== undefined, `the end of ${talkId}`);
      const event = await over();
      return event?.kind === "talk" ? event.talk.cause : null;
    };

    /** A customer talks with Lan, the only one who is asked. */
    async function customer(): Promise<string> {
      await minh.call("agent.set_state", { state: "away", reason: "lunch" });
      trunk.invite(NUMBER, "0901234567");
      const talk = await takeCall(lanPhone);
      await trunk.hear("200");
      await trunk.ack();
      await talking(lanPhone);
      await lan.hear("call.changed", (e) => e.call.state === "talking");
      return talk;
    }

    test("a colleague is asked while the customer waits on hold, and joined with them: the work goes along", async () => {
      const talk = await customer();
      await lanPhone.phone.hold(talk, true);
      const asked = await lanPhone.phone.call(minh.userId);
      const at = await takeCall(minhPhone);
      await talking(minhPhone);
      const { call: among } = await minh.hear(
        "call.changed",
        (e) => e.call.state === "talking" && e.call.direction === "internal",
      );
      expect(among).toMatchObject({ interactionId: null, conversationId: null, called: minh.userId });
      await minh.hear(
        "agent.changed",
        ({ agent }) => agent.userId === minh.userId && agent.phone === undefined,
      );

      await lanPhone.phone.join(talk, asked);
      const { conversation } = await minh.hear(
        "interaction.accepted",
        (e) => e.conversation.interaction?.ownerId === minh.userId,
      );
      const over = await lan.hear("call.changed", (e) => e.call.id === among.id && e.call.state === "ended");
      expect(over.call.legs.map((leg) => [leg.userId, leg.cause?.q850])).toEqual([
        [lan.userId, 16],
        [minh.userId, 16],
      ]);
      // The desktop knows whose call it is by then.
      const fresh = (await minhPhone.events()).findLast((e) => e.kind === "talk" && e.talk.replaces === at);
      expect(fresh).toMatchObject({
        talk: { interactionId: conversation.interaction?.id, phase: "talking" },
      });
      expect([await endOf(lanPhone, talk), await endOf(lanPhone, asked)]).toEqual([
        "transferred",
        "transferred",
      ]);

      trunk.bye();
      await minh.hear("interaction.ended", (e) => e.conversation.interaction?.ownerId === minh.userId);
      const { call } = await minh.hear(
        "call.changed",
        (e) => e.call.conversationId !== null && e.call.state === "ended",
      );
      expect(call.legs.map((leg) => leg.userId)).toEqual([null, lan.userId, minh.userId]);
    });

    test("a phone alone sends a customer nowhere: not to a number, not to a colleague", async () => {
      const talk = await customer();
      for (const to of ["0900123456", "+1900555666", minh.userId])
        await expect(lanPhone.phone.transfer(talk, to)).rejects.toMatchObject({ code: "refused" });
      expect(await lastTalk(lanPhone)).toMatchObject({ id: talk, phase: "talking" });
      expect(await w.gateway.ctx.store.db.selectFrom("call").select("state").execute()).toEqual([
        { state: "talking" },
      ]);
    });

    test("who talks is busy, who declines is heard to, and neither is anybody else's call", async () => {
      const talk = await customer();
      const busy = await minhPhone.phone.call(lan.userId);
      expect(await endOf(minhPhone, busy)).toBe("busy");
      await lanPhone.phone.hold(talk, true);
      const declined = await lanPhone.phone.call(minh.userId);
      await rings(minhPhone);
      await minhPhone.phone.decline((await lastTalk(minhPhone))?.id ?? "");
      expect(await endOf(lanPhone, declined)).toBe("declined");
      const nobody = await lanPhone.phone.call(crypto.randomUUID());
      expect(await endOf(lanPhone, nobody)).toBe("not_found");
      await w.settle();
      expect(await w.gateway.ctx.store.db.selectFrom("interaction").select("state").execute()).toEqual([
        { state: "active" },
      ]);
      await minh.hear("agent.changed", ({ agent }) => agent.userId === minh.userId && agent.phone === true);
    });
  },
);
