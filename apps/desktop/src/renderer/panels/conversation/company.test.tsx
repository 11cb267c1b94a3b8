import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, id, interaction, lan, minh, morning } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Company } from "./company.tsx";

const talk = (ownerId: string) => {
  const it = conversation(1);
  return { ...it, interaction: interaction(it.id, { ownerId }) };
};

async function open(ownerId: string, permissions: string[], script: Script = {}) {
  const desk = await scripted(
    { "conversation.company": () => ({ companions: [], whispers: [] }), ...script },
    { hash: "#/inbox", snapshot: { permissions } },
  );
  return { ...desk, ...show(desk, <Company conversation={talk(ownerId)} />) };
}

test("a supervisor watches silently, whispers, and leaves", async () => {
  const { user, sent } = await open(minh.id, ["work", "floor.act"], {
    "conversation.join": () => ({
      companion: { conversationId: talk(minh.id).id, userId: lan.id, visible: false, since: morning },
    }),
    "whisper.send": ({ text }) => ({
      whisper: {
        id: id(3),
        conversationId: talk(minh.id).id,
        fromId: lan.id,
        agentId: minh.id,
        text,
        at: morning,
      },
    }),
  });
  await user.click(screen.getByRole("button", { name: "Xem thầm" }));
  await user.type(screen.getByRole("textbox", { name: "Nhắc thầm" }), "Mời đổi máy{Enter}");
  await waitFor(() => expect(sent.map((s) => s.name)).toContain("whisper.send"));
  expect(sent.find((s) => s.name === "conversation.join")?.input).toMatchObject({ visible: false });
  expect(screen.getByRole("textbox", { name: "Nhắc thầm" })).toHaveValue("");
});

test("the agent sees who joined and what was whispered, marked as such; without either there is nothing", async () => {
  const companion = { conversationId: talk(lan.id).id, userId: minh.id, visible: true, since: morning };
  const said = { id: id(3), conversationId: companion.conversationId, fromId: minh.id, agentId: lan.id };
  await open(lan.id, ["work"], {
    "conversation.company": () => ({
      companions: [companion],
      whispers: [{ ...said, text: "Mời khách đổi máy", at: morning }],
    }),
  });
  expect(await screen.findByText(/đang cùng xem/)).toBeInTheDocument();
  const whispers = screen.getByRole("list", { name: "Lời nhắc thầm, khách không thấy" });
  expect(whispers).toHaveTextContent(/nhắc thầm.*Mời khách đổi máy/);
  expect(screen.queryByRole("button", { name: "Xem thầm" })).toBeNull();
});

test("whoever is alone with their work sees nothing of it", async () => {
  await open(lan.id, ["work"]);
  await act(async () => {});
  expect(screen.queryByRole("region", { name: "Giám sát bên cạnh" })).toBeNull();
});
