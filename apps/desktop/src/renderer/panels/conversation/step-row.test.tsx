import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, morning } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import ConversationPanel from "./conversation.tsx";

test.each([
  ["customer_wrote", "Khách nhắn tiếp, việc mở lại"],
  ["started_by_agent", "Nhân viên viết tiếp, việc mở lại"],
])("work that goes on out of its wrap-up says who wrote: %s", async (code, words) => {
  const of = conversation(1);
  const resumed = {
    seq: 2,
    at: morning,
    name: "interaction.resumed",
    actorId: null,
    userId: null,
    reasons: [{ code }],
    note: null,
    disposition: null,
    form: [],
  };
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: of, draft: null, messages: [], before: null }),
      "interaction.history": () => ({ entries: [resumed] }),
    },
    { hash: `#/inbox/${of.id}` },
  );
  show(desk, <ConversationPanel />);
  expect(await screen.findByText(words)).toBeInTheDocument();
});
