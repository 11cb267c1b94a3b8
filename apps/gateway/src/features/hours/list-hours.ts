import type { Hours } from "@tongdai/shared";
import { toHours } from "../../presenters/hours.ts";
import { allHours } from "../../store/hours.ts";
import type { Queryable } from "../../store/index.ts";

/** By name. */
export const listHours = async (q: Queryable): Promise<Hours[]> => (await allHours(q)).map(toHours);
