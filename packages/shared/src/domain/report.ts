export * from "./report/calendar.ts";
export * from "./report/day.ts";
export * from "./report/fold.ts";
export * from "./report/history.ts";
export * from "./report/measures.ts";
export * from "./report/numbers.ts";
export * from "./report/read.ts";
export * from "./report/teams.ts";
