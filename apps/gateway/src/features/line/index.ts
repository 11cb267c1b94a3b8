export { placeOf } from "./place-of.ts";
export { rerank } from "./rerank.ts";
