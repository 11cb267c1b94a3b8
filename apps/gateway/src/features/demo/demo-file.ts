import { Role } from "@tongdai/shared";
import { z } from "zod";
// Imported and not read, so that a bundle carries it.
import file from "../../../demo.json" with { type: "json" };

const Page = z.object({ pageId: z.string(), name: z.string(), token: z.string(), queue: z.string() });
const App = z.object({
  appId: z.string(),
  appSecret: z.string(),
  verifyToken: z.string(),
  pages: z.array(Page),
});
const Demo = z.object({
  facebook: z.object({ apps: z.array(App) }),
  password: z.string(),
  users: z.array(
    z.object({
      username: z.string(),
      name: z.string(),
      roles: z.array(Role),
      queues: z.array(z.string()),
    }),
  ),
});
export type Demo = z.infer<typeof Demo>;

/** The demo contact centre; scripts and the simulator read the same file. */
export const demo: Demo = Demo.parse(file);
