export { followForWebhooks } from "./follow.ts";
export { handlers } from "./handlers.ts";
export { listWebhooks } from "./save.ts";
export { webhookSender } from "./send.ts";
export { KEEP_MS as KEEP_WEBHOOK_LOG_MS } from "./times.ts";
