export { lookAtWait } from "./look-at-wait.ts";
