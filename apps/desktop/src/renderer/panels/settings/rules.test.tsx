import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError, defaultQueueRules, type Queue, type Skill } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { ha, id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const billing: Skill = { id: id(501), name: "Hoá đơn", version: 1 };
const english: Skill = { id: id(502), name: "Tiếng Anh", version: 1 };
const warranty: Queue = { ...queueCare, id: id(11), name: "Bảo hành", memberIds: [] };
const rings = [{ afterMs: 0, needs: [{ skillId: billing.id, level: 3 }], prefers: [] }];
const asking: Queue = { ...queueCare, rules: { ...defaultQueueRules, rings } };

async function open(section: string, script: Script = {}) {
  const desk = await scripted(script, {
    hash: `#/settings/${section}`,
    snapshot: {
      permissions: ["agents.see", "people.manage"],
      users: [{ ...lan, skills: { [billing.id]: 4 } }, minh, ha],
      queues: [asking, warranty],
      skills: [billing, english],
    },
  });
  return { ...desk, ...show(desk, <Settings />) };
}

const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;

const press = (name: string | RegExp) => screen.getByRole("button", { name });

const editLan = async (user: { click(e: Element): Promise<void> }): Promise<void> => {
  await user.click(screen.getByRole("option", { name: new RegExp(lan.name) }));
  await user.click(press("Sửa"));
};

describe("skills", () => {
  test("say who has them and which queue asks for them", async () => {
    await open("skills");
    const [first, second] = screen.getAllByRole("listitem").filter((row) => row.closest("nav") === null);
    expect(first).toHaveTextContent("Hoá đơnNguyễn Thị Lan (4)Hàng chờ yêu cầu: Chăm sóc khách hàng");
    expect(second).toHaveTextContent("Tiếng AnhChưa ai cóChưa hàng chờ nào yêu cầu");
  });

  test("are added, and renamed", async () => {
    const { user, sent } = await open("skills", {
      "skill.save": ({ id: skillId, name }) => ({ skill: { id: skillId ?? id(503), name, version: 1 } }),
    });
    await user.click(press("Thêm kỹ năng"));
    await user.keyboard("Kỹ thuật{Enter}");
    expect(await screen.findByText("Kỹ thuật")).toBeInTheDocument();
    await user.click(press("Sửa Tiếng Anh"));
    await user.keyboard(" giao tiếp{Enter}");
    await waitFor(() =>
      expect(lastOf(sent, "skill.save")).toEqual({ id: english.id, version: 1, name: "Tiếng Anh giao tiếp" }),
    );
  });

  test("that are used stay, and the reason is a sentence", async () => {
    const { user, answer } = await open("skills", {
      "skill.remove": () => {
        throw new AppError("conflict", "used", { reason: "in_use" });
      },
    });
    await user.click(press("Gỡ Hoá đơn"));
    expect(await screen.findByRole("alert")).toHaveTextContent(/^Chưa gỡ được Hoá đơn: còn người có/);
    answer({ "skill.remove": () => ({}) });
    await user.click(press("Gỡ Tiếng Anh"));
    await waitFor(() => expect(screen.queryByText("Tiếng Anh")).toBeNull());
  });

  test("are given to a person with a level", async () => {
    const { user, sent } = await open("people", { "user.update": () => ({ user: lan }) });
    await editLan(user);
    await user.click(press("Kỹ năng: Thêm kỹ năng"));
    await user.click(screen.getByRole("combobox", { name: "Mức Tiếng Anh" }));
    await user.click(await screen.findByRole("option", { name: "5 · giỏi nhất" }));
    expect(screen.queryByRole("button", { name: "Kỹ năng: Thêm kỹ năng" })).toBeNull();
    await user.click(press("Lưu"));
    await waitFor(() =>
      expect(lastOf(sent, "user.update")).toMatchObject({
        userId: lan.id,
        skills: { [billing.id]: 4, [english.id]: 5 },
      }),
    );
  });
});

test("a skill that is gone from under a person's form is told in words", async () => {
  const { user } = await open("people", {
    "user.update": () => {
      throw new AppError("not_found", "no such skill", { field: "skills" });
    },
  });
  await editLan(user);
  await user.click(press("Lưu"));
  expect(await screen.findByText(/^Một kỹ năng ở đây vừa bị gỡ/)).toBeInTheDocument();
});

describe("capacity", () => {
  test("says in words what it means, and is saved as one rule", async () => {
    const { user, sent } = await open("capacity", {
      "capacity.save": (capacity) => ({ capacity: { ...capacity, version: 2 } }),
    });
    const means = screen.getByRole("region", { name: "Nghĩa là" });
    expect(means).toHaveTextContent("Có cuộc gọi mới thì vẫn mời người đang làm e-mail.");
    expect(means).toHaveTextContent("Có hội thoại mới thì chỉ mời người còn chỗ.");
    await user.click(screen.getByRole("checkbox", { name: "hội thoại chen vào e-mail" }));
    expect(means).toHaveTextContent("Có hội thoại mới thì vẫn mời người đang làm e-mail.");
    const idle = screen.getByLabelText(/^Hội thoại đang chờ khách trả lời/);
    await user.clear(idle);
    await user.type(idle, "120{Enter}");
    expect(await screen.findByText("Từ 0 đến 100")).toBeInTheDocument();
    await user.clear(idle);
    await user.type(idle, "50");
    expect(means).toHaveTextContent(/tối đa 3 hội thoại vẫn được mời thêm khi đang giữ 4 /);
    await user.click(press("Lưu"));
    await waitFor(() =>
      expect(lastOf(sent, "capacity.save")).toEqual({
        version: 1,
        idleChat: 0.5,
        interrupts: [
          { by: "call", over: "mail" },
          { by: "chat", over: "mail" },
        ],
      }),
    );
  });
});

describe("capacity that changes while it is typed", () => {
  test("one's own save keeps the focus, and somebody else's keeps what was typed", async () => {
    const { user, client } = await open("capacity", {
      "capacity.save": (capacity) => ({ capacity: { ...capacity, version: 2 } }),
    });
    const idle = screen.getByLabelText(/^Hội thoại đang chờ khách trả lời/);
    await user.clear(idle);
    await user.type(idle, "50{Enter}");
    await waitFor(() => expect(client.store.getState().people.capacity.idleChat).toBe(0.5));
    expect(idle).toBeInTheDocument();
    expect(idle).toHaveFocus();
    await user.clear(idle);
    await user.type(idle, "70");
    const other = { idleChat: 0.2, interrupts: [{ by: "chat" as const, over: "mail" as const }], version: 4 };
    act(() => client.update((s) => ({ ...s, people: { ...s.people, capacity: other } })));
    expect(idle).toHaveValue("70");
    expect(screen.getByRole("checkbox", { name: "hội thoại chen vào e-mail" })).toBeChecked();
  });
});

describe("the rules of a queue", () => {
  async function edit(script: Script = {}) {
    const desk = await open("queues", { "queue.save": () => ({ queue: asking }), ...script });
    await desk.user.click(screen.getAllByRole("button", { name: "Sửa" }).at(1) ?? document.body);
    return { ...desk, tab: (name: string) => desk.user.click(screen.getByRole("tab", { name })) };
  }
  const rulesOf = (sent: Parameters<typeof lastOf>[0]) =>
    (lastOf(sent, "queue.save") as Queue | undefined)?.rules;

  test("go back as they came when nothing was touched", async () => {
    const { user, sent } = await edit();
    await user.click(press("Lưu"));
    await waitFor(() => expect(rulesOf(sent)).toEqual(asking.rules));
  });

  test("let who removes a tag or a ring go on with the next one, then with the button that adds", async () => {
    const { user, tab } = await edit();
    await tab("Ưu tiên");
    await user.click(press("Thêm thẻ"));
    await user.click(press("Thêm thẻ"));
    const tags = () => screen.getAllByRole("button", { name: /^Bỏ thẻ/ });
    await user.click(tags()[0] ?? document.body);
    expect(tags()[0]).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(press("Thêm thẻ")).toHaveFocus();
    await tab("Vòng tìm");
    await user.click(press("Thêm vòng"));
    await user.click(press("Bỏ vòng 2"));
    expect(press("Thêm vòng")).toHaveFocus();
  });

  test("ask for less in a later ring, which must be later", async () => {
    const { user, tab, sent } = await edit();
    await tab("Vòng tìm");
    await user.click(press("Thêm vòng"));
    const from = screen.getByRole("textbox", { name: "Vòng 2: từ lúc chờ" });
    expect(from).toHaveValue("30");
    await user.clear(from);
    await user.type(from, "0");
    await tab("Chung");
    await user.click(press("Lưu"));
    const wrong = await screen.findByRole("textbox", { name: "Vòng 2: từ lúc chờ" });
    expect(wrong).toHaveAccessibleDescription("Phải muộn hơn vòng trước");
    expect(wrong).toHaveFocus();
    await user.clear(wrong);
    await user.type(wrong, "45");
    await user.click(press("Vòng 2: ưu tiên có: Thêm kỹ năng"));
    await user.click(press("Lưu"));
    await waitFor(() =>
      expect(rulesOf(sent)?.rings).toEqual([
        ...rings,
        { afterMs: 45_000, needs: [], prefers: [{ skillId: billing.id, level: 3 }] },
      ]),
    );
  });

  test("give points, and three customers show what they lead to", async () => {
    const { user, tab, sent } = await edit();
    await tab("Ưu tiên");
    const example = screen.getByRole("region", { name: "Ví dụ" });
    expect(example).toHaveTextContent("An được tiếp trước, rồi Chi, rồi Bình.");
    await user.click(press("Thêm thẻ"));
    await user.type(screen.getByRole("textbox", { name: "Thẻ" }), "sỉ");
    await user.clear(screen.getByRole("textbox", { name: "Điểm cho sỉ" }));
    await user.type(screen.getByRole("textbox", { name: "Điểm cho sỉ" }), "20");
    expect(example).toHaveTextContent("Bình được tiếp trước, rồi An, rồi Chi.");
    await user.click(press("Thêm mốc"));
    const hours = screen.getByRole("textbox", { name: "Còn dưới" });
    await user.clear(hours);
    await user.type(hours, "0,5");
    await user.click(press("Lưu"));
    await waitFor(() =>
      expect(rulesOf(sent)?.priority).toEqual({
        ...defaultQueueRules.priority,
        byTag: { sỉ: 20 },
        byWindow: [{ withinMs: 1_800_000, points: 10 }],
      }),
    );
  });

  test("refuse a tag twice and points out of range, at their field", async () => {
    const { user, tab } = await edit();
    await tab("Ưu tiên");
    for (const tag of ["sỉ", "sỉ"]) {
      await user.click(press("Thêm thẻ"));
      await user.type(screen.getAllByRole("textbox", { name: "Thẻ" }).at(-1) ?? document.body, tag);
    }
    await user.click(press("Lưu"));
    const [, second] = screen.getAllByRole("textbox", { name: "Thẻ" });
    await waitFor(() => expect(second).toHaveAccessibleDescription("Dòng này trùng với một dòng ở trên"));
    await user.type(second ?? document.body, " lẻ");
    const points = screen.getByRole("textbox", { name: "Điểm cho sỉ lẻ" });
    await user.type(points, "000{Enter}");
    await waitFor(() => expect(points).toHaveAccessibleDescription("Từ 0 đến 1000"));
    expect(screen.getByRole("region", { name: "Ví dụ" })).toHaveTextContent("Sửa các số chưa đúng");
  });

  test("let another queue help after a time or with a long line, not without either", async () => {
    const { user, tab, sent } = await edit();
    await tab("Nhờ hàng khác");
    await user.click(press("Thêm hàng chờ"));
    const after = screen.getByRole("textbox", { name: "Sau khi chờ" });
    await user.clear(after);
    await user.click(press("Lưu"));
    await waitFor(() => expect(after).toHaveAccessibleDescription("Điền ít nhất một trong hai"));
    await user.type(screen.getByRole("textbox", { name: "Hoặc khi hàng dài hơn" }), "8");
    await user.click(press("Lưu"));
    await waitFor(() =>
      expect(rulesOf(sent)?.overflow).toEqual([{ queueId: warranty.id, afterMs: null, longerThan: 8 }]),
    );
  });

  test("choose how an agent is found and for whom work is kept", async () => {
    const { user, tab, sent } = await edit();
    await tab("Tìm người");
    await user.click(screen.getByRole("radio", { name: "Giỏi nhất" }));
    const owner = screen.getByRole("textbox", { name: "Người phụ trách khách" });
    await user.clear(owner);
    await user.type(owner, "90");
    await user.click(press("Lưu"));
    await waitFor(() => expect(rulesOf(sent)).toMatchObject({ strategy: "most_skilled", ownerMs: 90_000 }));
  });

  test("a name that is taken is told on the tab where it stands", async () => {
    const { user, tab } = await edit({
      "queue.save": () => {
        throw new AppError("conflict", "taken", { field: "name" });
      },
    });
    await tab("Ưu tiên");
    await user.click(press("Lưu"));
    const name = await screen.findByRole("textbox", { name: /^Tên hàng chờ/ });
    await waitFor(() => expect(name).toHaveFocus());
    expect(name).toBeInvalid();
    expect(within(screen.getByRole("tabpanel")).getByRole("alert")).toBeInTheDocument();
  });

  test("a skill that has gone meanwhile is told of the whole", async () => {
    const { user } = await edit({
      "queue.save": () => {
        throw new AppError("not_found", "no such skill", { field: "skills" });
      },
    });
    await user.click(press("Lưu"));
    expect(await screen.findByText(/vừa bị gỡ/)).toBeInTheDocument();
  });
});
