import { fakeClock } from "@tongdai/shared/testing";
import { type ChannelFault, type ChannelHarness, channelContract } from "../contract-suite.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { email } from "./index.ts";
import { mailStub, type StubFault } from "./testing/mail-stub.ts";

const faults: Readonly<Record<Exclude<ChannelFault, "unreachable">, StubFault>> = {
  throttled: { atEnd: "421 4.7.0 too many letters" },
  temporary: { atEnd: "451 4.5.1 not now" },
  token_dead: { atLogin: "535 5.7.8 wrong password" },
  restricted: { atEnd: "550 5.1.8 bad outbound sender" },
  refused: { atRecipient: () => "550 5.1.1 no such mailbox" },
  garbled: { atEnd: "<html><title>Sorry</title></html>" },
  lost: { atEnd: "drop" },
  hang: { atEnd: "hang" },
};

/** A mailbox at a small server on this machine. */
async function emailHarness(): Promise<ChannelHarness> {
  const stub = await mailStub();
  let isDead = false;
  const good = {
    address: "support@sen.test",
    password: "mat-khau",
    imapHost: "127.0.0.1",
    imapPort: stub.imapPort,
    imapSecurity: "none",
    smtpHost: "127.0.0.1",
    smtpPort: stub.smtpPort,
    smtpSecurity: "none",
  };
  const nowhere = { imapPort: 1, smtpPort: 1 };
  return {
    channel: {
      ...email,
      // Which server it goes to is decided anew each time.
      open: (config, deps) => {
        const [here, gone] = [email.open(config, deps), email.open({ ...good, ...nowhere }, deps)];
        const which = () => (isDead ? gone : here);
        return {
          ...here,
          send: (part, signal) => which().send(part, signal),
          check: (signal) => which().check(signal),
        };
      },
    },
    deps: { fetch, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null },
    config: good,
    required: ["address", "password", "imapHost", "smtpHost"],
    customer: "mai@sen.test",
    sign: () => ({}),
    handshake: null,
    messageBody: ({ from, id, text }) => ({
      mailbox: "support@sen.test",
      uid: "1:1",
      at: 1_700_000_000_000,
      id,
      from: { name: "Mai", address: from },
      replyTo: [],
      to: [{ name: "", address: "support@sen.test" }],
      cc: [],
      subject: "Đơn hàng",
      text,
      quoted: "",
      html: null,
      references: [],
      answers: [],
      automatic: null,
      conversationId: null,
      digest: "d",
      isSent: false,
      isLive: true,
      attachments: [],
      reports: [],
      reportedId: null,
      notWhole: null,
    }),
    lacks: { webhooks: true, profiles: true },
    fault(fault) {
      isDead = fault === "unreachable";
      stub.fault(fault === null || fault === "unreachable" ? null : faults[fault]);
    },
    accepted: () => stub.taken.length,
    nextRequest: () => stub.nextLetter(),
    close: () => stub.close(),
  };
}

channelContract("email", emailHarness);
