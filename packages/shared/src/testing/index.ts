export * from "./fake-clock.ts";
export * from "./generated-day.ts";
export * from "./report-day.ts";
export * from "./seeded-random.ts";
