import type { Clock, SimTime } from "../kit/clock.ts";
import type { Gauge } from "../kit/gauge.ts";
import type { Faults } from "./faults.ts";
import type { MediaStore } from "./media.ts";
import type { Sender } from "./sender.ts";
import type { World } from "./world.ts";

/** What every part of the simulator is handed; built once in index.ts. */
export interface Sim {
  readonly world: World;
  readonly clock: Clock;
  readonly time: SimTime;
  readonly faults: Faults;
  readonly gauge: Gauge;
  readonly media: MediaStore;
  readonly sender: Sender;
  /** Calls of the last minute by app. */
  readonly calls: Map<string, number[]>;
  /** Tells whoever watches that something visible changed. */
  readonly changed: () => void;
}
