import { randomUUID } from "node:crypto";
import { defaultThresholds, type Queue } from "@tongdai/shared";
import { directoryOf } from "../../support/directory.ts";
import { logIn, type Person, personAt } from "../../support/person.ts";
import type { Product } from "./product.ts";

/** The people of a day on which everything happens that agents and supervisors have screens for. */
export interface BusyDay {
  /** One at work, one put aside, one that is being wrapped up. */
  readonly lan: Person;
  readonly ha: Person;
  /** The conversations of hers. */
  readonly active: string;
  readonly parked: string;
  readonly wrappingUp: string;
  readonly queueId: string;
  close(): void;
}

const hour = 3_600_000;
const long = "Phối hợp với bộ phận kho về đơn hàng giao nhầm địa chỉ";

/** Lan has her hands full, Thư missed an offer, Kiên is asked, Minh is away, the others wait; there are twelve queues. */
export async function makeBusyDay(product: Product): Promise<BusyDay> {
  const { url, password } = product;
  const at = (username: string) => personAt(url, { username, password });
  const [admin, ha, lan, minh] = await Promise.all([at("admin"), at("ha"), at("lan"), at("minh")]);
  const { care, rules } = await before(admin);
  const limits = { call: 1, chat: 1, mail: 1 };
  const add = async (username: string, name: string) => {
    const given = "tam-thoi-cho-nguoi-moi";
    const input = { username, name, password: given, roles: ["agent"], limits };
    const { user } = await admin.call("user.create", input);
    await logIn(url, username, given, password);
    return user;
  };
  const missing = await add("thu", "Công Tằng Tôn Nữ Hoàng Anh Thư");
  const asked = await add("kien", "Đỗ Trung Kiên");
  const more = [missing.id, asked.id];
  const { stateRules } = await admin.call("state_rules.save", {
    ...rules,
    reasons: [
      ...rules.reasons.map((r) => (r.id === "lunch" ? { ...r, maxMinutes: 45 } : r)),
      {
        id: null,
        name: { vi: long, en: "With the warehouse about wrongly delivered orders" },
        maxMinutes: 20,
        retired: false,
      },
    ],
  });
  await saveCare(admin, care, { offerSeconds: 5, more });
  for (const name of otherQueues)
    await admin.call("queue.save", {
      name,
      memberIds: [missing.id],
      dispositions: [{ name: "Xong", resolved: true }],
    });

  const write = (name: string, text: string) =>
    product.facebook.customer({ pageId: product.pageId, name }).text(text);
  async function offerTo(person: Person, name: string, text: string) {
    const known = new Set(person.heard.map((e) => e.seq));
    await write(name, text);
    const isNew = (id: string) =>
      !person.heard.some((e) => known.has(e.seq) && e.name === "offer.made" && e.data.offer.id === id);
    return (await person.hear("offer.made", (d) => isNew(d.offer.id))).offer;
  }

  // One offer that nobody answers: who missed it is away by that, and the customer is offered to the next.
  const thu = await at("thu");
  await thu.call("agent.set_state", { state: "available" });
  await offerTo(thu, "Đặng Thị Hồng Nhung", "Đơn của chị tới đâu rồi em?");
  await thu.hear("agent.changed", (d) => d.agent.userId === missing.id && d.agent.reason === "missed");
  await saveCare(admin, care, { offerSeconds: 600, more });

  await admin.call("user.update", { userId: lan.userId, limits: { ...limits, chat: 3 } });
  await admin.call("user.update", { userId: minh.userId, limits });
  await lan.call("agent.set_state", { state: "available" });
  const taken = [];
  const first = await lan.hear("offer.made");
  taken.push(await lan.call("offer.accept", { offerId: first.offer.id }));
  for (const [name, text] of [
    ["Nguyễn Phúc Bảo Long", "Bình giữ nhiệt còn màu xanh không shop?"],
    ["Lý Thị Thanh Hà", "Cảm ơn em, chị nhận được hàng rồi."],
  ] as const)
    taken.push(await lan.call("offer.accept", { offerId: (await offerTo(lan, name, text)).id }));
  const [active, parked, wrappingUp] = taken.map((t) => t.interaction);
  if (!active || !parked || !wrappingUp) throw new Error("three were taken");
  await lan.call("interaction.end", { interactionId: wrappingUp.id, version: wrappingUp.version });
  await lan.call("interaction.park", {
    interactionId: parked.id,
    version: parked.version,
    until: Date.now() + 3 * hour,
    note: "Kho trả lời lúc chiều",
  });
  await ha.call("conversation.join", { conversationId: active.conversationId, visible: true });
  await ha.call("conversation.join", { conversationId: wrappingUp.conversationId, visible: false });
  await ha.call("whisper.send", {
    clientId: randomUUID(),
    conversationId: active.conversationId,
    text: "Khách này tuần trước đã đổi một lần, em xin lỗi trước rồi hẹn giờ giao nhé.",
  });
  await admin.call("user.update", { userId: lan.userId, limits });
  await minh.call("agent.set_state", { state: "away", reason: stateRules.reasons.at(-1)?.id ?? "" });
  await ha.call("floor.set_thresholds", {
    queueId: care.id,
    was: defaultThresholds,
    thresholds: { ...defaultThresholds, waiting: { warn: 1, alarm: 2 } },
  });
  const kien = await at("kien");
  await kien.call("agent.set_state", { state: "available" });
  await offerTo(kien, "Mai Thị Phương Thảo", "Em ơi chị muốn đặt thêm hai bình nữa");
  for (const [name, text] of waiting) await write(name, text);
  return {
    lan,
    ha,
    active: active.conversationId,
    parked: parked.conversationId,
    wrappingUp: wrappingUp.conversationId,
    queueId: care.id,
    close() {
      for (const person of [admin, ha, lan, minh, thu, kien]) person.disconnect();
    },
  };
}

const waiting = [
  ["Trịnh Công Vinh", "Shop ơi cho mình hỏi"],
  ["Hồ Thị Kim Thoa", "Mình muốn đổi địa chỉ giao hàng"],
  ["Vũ Đức Trọng", "Có xuất hoá đơn công ty không?"],
] as const;

const otherQueues = [
  "Bảo hành điện thoại và máy tính bảng",
  "Đơn hàng doanh nghiệp miền Nam",
  "Đổi trả",
  "Giao nhận",
  "Hoá đơn",
  "Khách hàng thân thiết",
  "Khiếu nại",
  "Lắp đặt tại nhà",
  "Thanh toán",
  "Tư vấn tiếng Anh",
];

/** Where the first page's customers arrive, and the rules of states. */
async function before(person: Person) {
  const directory = directoryOf(await person.call("sync.start", { lastSeq: null }));
  const care = directory.queues.find((q) => q.name === "Chăm sóc khách hàng");
  if (!care) throw new Error("the demo has no such queue");
  return { care, rules: directory.stateRules };
}

/** With everything that can be asked at wrap-up. */
async function saveCare(
  admin: Person,
  queue: Queue,
  o: { offerSeconds: number; more: readonly string[] },
): Promise<void> {
  const leaf = (name: string, resolved = true) => ({ name, resolved });
  await admin.call("queue.save", {
    id: queue.id,
    name: queue.name,
    memberIds: [...queue.namedIds, ...o.more],
    offerSeconds: o.offerSeconds,
    wrapUpSeconds: 3_600,
    dispositions: [
      { ...leaf("Đơn hàng"), children: [leaf("Đã báo tình trạng"), leaf("Giao chậm, chờ kho", false)] },
      { ...leaf("Sản phẩm"), children: [leaf("Đã tư vấn"), leaf("Hết hàng")] },
      leaf("Không liên quan"),
    ],
    wrapUp: {
      needsDisposition: true,
      extensions: 2,
      extendSeconds: 120,
      form: [
        { id: "order", label: "Mã đơn hàng", kind: "text", required: true, options: [] },
        {
          id: "how",
          label: "Khách hài lòng không?",
          kind: "choice",
          required: false,
          options: ["Có", "Tạm được", "Không"],
        },
        { id: "back", label: "Cần gọi lại", kind: "yes_no", required: false, options: [] },
        { id: "when", label: "Ngày hẹn", kind: "date", required: false, options: [] },
      ],
    },
  });
}
