export { demo } from "./demo-file.ts";
export { seedDemo } from "./seed-demo.ts";
