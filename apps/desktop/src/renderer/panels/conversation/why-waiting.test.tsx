import { screen, within } from "@testing-library/react";
import { AppError, type CommandOutput, type Skill } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, ha, id, interaction, lan, minh, morning } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import ConversationPanel from "./conversation.tsx";

const billing: Skill = { id: id(501), name: "hoá đơn", version: 1 };
const plain = conversation(1);
const waiting = { ...plain, interaction: interaction(plain.id, { state: "waiting", ownerId: null }) };
type Entry = CommandOutput<"interaction.history">["entries"][number];

const step = (seq: number, name: string, reasons: Entry["reasons"] = []): Entry => ({
  seq,
  at: morning + seq,
  name,
  actorId: null,
  userId: null,
  reasons,
  note: null,
  disposition: null,
  form: [],
});
const deferred = step(3, "interaction.deferred", [{ code: "not_available", agents: 2, of: "lunch" }]);

async function open(entries: Entry[], script: Script = {}, of = waiting) {
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: of, draft: null, messages: [], before: null }),
      "interaction.history": () => ({ entries }),
      ...script,
    },
    { hash: `#/inbox/${of.id}`, snapshot: { skills: [billing] } },
  );
  return { ...desk, ...show(desk, <ConversationPanel />) };
}

describe("why work waits", () => {
  test("stands under the header in the router's last words", async () => {
    await open([step(2, "interaction.opened"), deferred]);
    expect(await screen.findByTitle("Chưa giao được: 2 người ăn trưa")).toBeInTheDocument();
  });

  test("a reason from before an offer is no longer told", async () => {
    await open([deferred, step(4, "interaction.offered"), step(5, "interaction.declined")]);
    expect(await screen.findByTitle("Đang tìm người nhận")).toBeInTheDocument();
  });

  test("agent by agent for who asks, the nearest first", async () => {
    const { user, sent } = await open([deferred], {
      "interaction.explain": () => ({
        agents: [
          { userId: ha.id, obstacle: { code: "lacks_skill", skillId: billing.id, level: 3 } },
          { userId: minh.id, obstacle: { code: "not_available", state: "lunch" } },
          { userId: lan.id, obstacle: { code: "at_capacity", kind: "chat", carried: 3, limit: 3 } },
        ],
      }),
    });
    await user.click(await screen.findByRole("button", { name: "Vì sao đang chờ" }));
    const list = within(await screen.findByRole("dialog", { name: "Vì sao đang chờ" }));
    const rows = (await list.findAllByRole("listitem")).map((row) => row.textContent);
    expect(rows).toEqual([
      "Nguyễn Thị Lan3/3 hội thoại",
      "Trần Quốc MinhĂn trưa",
      "Lê Thu Hàthiếu hoá đơn mức 3",
    ]);
    expect(sent.at(-1)).toMatchObject({ input: { interactionId: waiting.interaction.id } });
  });

  test("an agent with room for this kind of work, but for what else is in hand, is told so", async () => {
    const { user } = await open([deferred], {
      "interaction.explain": () => ({
        agents: [{ userId: lan.id, obstacle: { code: "at_capacity", kind: "mail", carried: 1, limit: 5 } }],
      }),
    });
    await user.click(await screen.findByRole("button", { name: "Vì sao đang chờ" }));
    expect(await screen.findByText("1/5 e-mail và việc khác, đã đủ sức")).toBeInTheDocument();
  });

  test("that cannot be loaded says so and is tried again", async () => {
    const { user, answer } = await open([deferred], {
      "interaction.explain": () => {
        throw new AppError("not_found", "no");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Vì sao đang chờ" }));
    expect(await screen.findByText("Không xem được lý do")).toBeInTheDocument();
    answer({ "interaction.explain": () => ({ agents: [] }) });
    await user.click(screen.getByRole("button", { name: "Thử lại" }));
    expect(await screen.findByText(/Không có ai để hỏi/)).toBeInTheDocument();
  });

  test("is not told of work that somebody has", async () => {
    await open([deferred], {}, plain as typeof waiting);
    await screen.findByRole("heading", { name: plain.customerName });
    expect(screen.queryByRole("button", { name: "Vì sao đang chờ" })).toBeNull();
  });
});
