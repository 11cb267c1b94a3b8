export { demo } from "./demo-file.ts";
