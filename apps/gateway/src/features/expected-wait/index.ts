export { watchLines } from "./watch-lines.ts";
