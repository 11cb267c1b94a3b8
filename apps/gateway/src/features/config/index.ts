export { exportConfig, importConfig } from "./exchange.ts";
