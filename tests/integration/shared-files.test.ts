import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("a file that is sent twice, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  async function upload(p: Person): Promise<string> {
    const body = new FormData();
    body.append("file", new Blob(["Bảng giá"]), "bang-gia.txt");
    const answer = await fetch(`${w.gateway.url}/api/v1/media`, {
      method: "POST",
      headers: { authorization: `Bearer ${p.token}` },
      body,
    });
    const { mediaId } = (await answer.json()) as { mediaId: string };
    return mediaId;
  }

  async function fileOf(p: Person, mediaId: string | null | undefined): Promise<string | number> {
    const answer = await fetch(`${w.gateway.url}/api/v1/media/${mediaId}`, {
      headers: { authorization: `Bearer ${p.token}` },
    });
    const text = await answer.text();
    return answer.ok ? text : answer.status;
  }

  test("stays with the first conversation's readers and comes to the second one's", async () => {
    const t = await talk(w);
    const second = await talk(w, { agent: t.agent, name: "Lê Thị Hai" });
    const { agent } = t;
    const mediaId = await upload(agent);
    const send = async (conversationId: string) => {
      const { messages } = await agent.call("message.send", {
        clientId: crypto.randomUUID(),
        conversationId,
        text: "",
        mediaIds: [mediaId],
      });
      return messages[0]?.attachments[0]?.mediaId;
    };
    const first = await send(t.conversationId);
    const other = await send(second.conversationId);
    await w.settle();
    // Whoever has one of the two in hand from outside of the queue sees that one's file only.
    const outside = await w.person("bao", { queues: "none" });
    await outside.call("agent.set_state", { state: "available" });
    await agent.call("interaction.transfer", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
      to: { userId: outside.userId },
    });
    await w.settle();
    expect(await fileOf(outside, first)).toBe("Bảng giá");
    expect(await fileOf(outside, other)).toBe(404);
    const colleague = await w.person("minh");
    expect(await fileOf(colleague, first)).toBe("Bảng giá");
    expect(await fileOf(colleague, other)).toBe("Bảng giá");
  });
});
