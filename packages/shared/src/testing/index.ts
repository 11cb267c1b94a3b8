export * from "./fake-clock.ts";
export * from "./report-day.ts";
export * from "./seeded-random.ts";
