import { Capabilities, CommentAct } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, Channel, ChannelDeps, OutgoingAction, OutgoingPart } from "../../channel.ts";

/** As much of a channel's harness as comments need. */
interface CommentHarness {
  readonly channel: Channel;
  readonly deps: ChannelDeps;
  readonly config: unknown;
  readonly customer: string;
  fault(fault: "lost" | "temporary" | "token_dead" | "unreachable"): void;
  accepted(): number;
  close(): void | Promise<void>;
}

const patient = () => new AbortController().signal;

const part = (to: string): OutgoingPart => ({
  messageId: "0194a000-0000-7000-8000-0000000000c1",
  to,
  content: { kind: "text", text: "Dạ còn ạ" },
  replyToExternalId: null,
  human: false,
});

function commentsOf({ channel }: CommentHarness): NonNullable<Channel["comments"]> {
  if (!channel.comments) throw new Error(`${channel.id} has no comments`);
  return channel.comments;
}

/** What the core relies on of a channel that has comments, beside the contract of every channel. Its vendor has the comment `c-1`. */
export function commentContract(name: string, make: () => Promise<CommentHarness>): void {
  describe(`comments of the channel: ${name}`, () => {
    let h: CommentHarness;
    let account: Account;
    beforeEach(async () => {
      h = await make();
      account = h.channel.open(h.config, h.deps);
    });
    afterEach(() => h.close());

    const answers = (privately: boolean) => ({
      ...part(h.customer),
      answers: { comment: "c-1", privately },
    });
    const moderation = (): OutgoingAction[] =>
      CommentAct.options.map((act) => ({
        kind: "moderate",
        to: "",
        targetExternalId: "c-1",
        act,
      }));

    it("have coherent capabilities, and each power is done", async () => {
      const { id, capabilities } = commentsOf(h);
      expect(id).not.toBe(h.channel.id);
      expect(Capabilities.parse(capabilities)).toEqual(capabilities);
      expect(capabilities.public?.powers).toEqual(["hide", "like", "delete"]);
      for (const act of moderation()) await expect(account.act(act, patient())).resolves.toBeUndefined();
    });

    it("take an answer before everybody, and a private one whose recipient is told", async () => {
      const open = await account.send(answers(false), patient());
      const secret = await account.send(answers(true), patient());
      expect([open, secret]).toMatchObject([
        { kind: "sent" },
        { kind: "sent", recipient: expect.any(String) },
      ]);
      expect(open).not.toHaveProperty("recipient");
      expect(h.accepted()).toBe(2);
    });

    it("leave an answer in doubt that may have been written, and take no refusal for done", async () => {
      for (const fault of ["lost", "temporary"] as const) {
        h.fault(fault);
        expect(await account.send(answers(false), patient())).toMatchObject({ kind: "unknown" });
      }
      h.fault("token_dead");
      const paused = { code: "channel_paused", details: { state: "login_needed" } };
      for (const act of moderation()) await expect(account.act(act, patient())).rejects.toMatchObject(paused);
      h.fault("unreachable");
      for (const act of moderation())
        await expect(account.act(act, patient())).rejects.toMatchObject({ code: "unavailable" });
    });
  });
}
