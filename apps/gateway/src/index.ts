export type { Channel } from "./channels/channel.ts";
export { type Config, readConfig } from "./config.ts";
export type { Ctx } from "./context.ts";
export { createGateway, type Gateway, type Overrides } from "./gateway.ts";
