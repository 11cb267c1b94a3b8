import { AppError, ChannelId } from "@tongdai/shared";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { finishConsent } from "../features/channel-accounts/index.ts";

const Params = z.object({ channel: ChannelId });

/** Where a vendor's consent page sends the browser of the account's owner, who is told in plain words what came of it. */
export function connectRoute(app: FastifyInstance, ctx: Ctx): void {
  app.get("/connect/:channel", { schema: { hide: true } }, async (request, reply) => {
    const params = Params.safeParse(request.params);
    if (!params.success) throw new AppError("not_found", "no such channel");
    const query = new URL(request.url, "http://gateway").searchParams;
    const told = await finishConsent(ctx, params.data.channel, query).then(
      () => "connected" as const,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        ctx.log.warn({ err: error }, "an account could not be connected");
        return outcomeOf(error);
      },
    );
    return reply
      .code(told === "connected" ? 200 : 400)
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .send(page(told));
  });
}

type Outcome = "connected" | "over" | "denied" | "wrong_account" | "unavailable" | "refused";

const Reason = z.object({ reason: z.enum(["denied", "wrong_account"]) });

function outcomeOf(error: AppError): Outcome {
  if (error.code === "not_found") return "over";
  if (error.code === "unavailable" || error.code === "timeout") return "unavailable";
  return Reason.safeParse(error.details).data?.reason ?? "refused";
}

/** Vietnamese, then English: the reader is at the vendor's page, where we do not know their language. */
const sentences: Readonly<Record<Outcome, readonly [vi: string, en: string]>> = {
  connected: [
    "Đã kết nối. Bạn có thể đóng trang này và quay lại Tongdai.",
    "Connected. You may close this page and go back to Tongdai.",
  ],
  over: [
    "Liên kết này đã hết hạn hoặc đã dùng rồi. Quay lại Tongdai và bấm Kết nối lần nữa.",
    "This link is over or was used before. Go back to Tongdai and press Connect again.",
  ],
  denied: [
    "Chưa được cấp quyền, nên chưa kết nối được. Bấm Kết nối lần nữa khi bạn muốn.",
    "No permission was given, so nothing was connected. Press Connect again when you want to.",
  ],
  wrong_account: [
    "Bạn vừa cấp quyền cho một tài khoản khác. Bấm Kết nối lần nữa và chọn đúng tài khoản có ID trong Tongdai.",
    "Permission was given for another account. Press Connect again and choose the one whose ID stands in Tongdai.",
  ],
  unavailable: [
    "Kênh không trả lời. Đợi vài phút, rồi bấm Kết nối lần nữa.",
    "The channel does not answer. Wait some minutes, then press Connect again.",
  ],
  refused: [
    "Kênh không chấp nhận. Kiểm tra ID ứng dụng và khoá bí mật trong Tongdai, rồi bấm Kết nối lần nữa.",
    "The channel refused. Look at the app's ID and secret in Tongdai, then press Connect again.",
  ],
};

function page(outcome: Outcome): string {
  const [vi, en] = sentences[outcome];
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tongdai</title><h1>Tongdai</h1><p>${vi}</p><p lang="en">${en}</p></html>`;
}
