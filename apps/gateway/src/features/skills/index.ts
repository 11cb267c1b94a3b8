export { assertSkills } from "./assert-skills.ts";
export { handlers } from "./handlers.ts";
